import { afterEach, expect, it, vi } from "vitest";
import { openTabs, type StoredChange, type Tabs } from "./tabs.ts";

const opened: Tabs[] = [];

function open(databaseName: string) {
  const onChange = vi.fn<(change: StoredChange) => void>();
  const tabs = openTabs(databaseName, onChange);
  opened.push(tabs);
  return { tabs, onChange };
}

afterEach(() => {
  for (const tabs of opened.splice(0)) tabs.close();
  vi.unstubAllGlobals();
});

it("only other tabs with the same database are notified of a change", async () => {
  const [one, same, other] = [open("shop"), open("shop"), open("other")];
  one.tabs.announce("events");
  one.tabs.announce("choices");
  await vi.waitFor(() => expect(same.onChange.mock.calls).toEqual([["events"], ["choices"]]));
  expect(one.onChange).not.toHaveBeenCalled();
  expect(other.onChange).not.toHaveBeenCalled();
});

it("unknown changes are ignored", async () => {
  const { onChange } = open("shop");
  const channel = new BroadcastChannel("vitrine:shop");
  for (const message of ["later", "toString", { type: "events" }, undefined, 1, "network"]) {
    channel.postMessage(message);
  }
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
  expect(onChange.mock.calls).toEqual([["network"]]);
  channel.close();
});

it("tabs receive nothing in a browser without channels", () => {
  vi.stubGlobal("BroadcastChannel", undefined);
  const { tabs, onChange } = open("shop");
  tabs.announce("events");
  tabs.close();
  expect(onChange).not.toHaveBeenCalled();
});

it("where the browser denies the channel, as with cookies blocked, tabs are alone", () => {
  vi.stubGlobal(
    "BroadcastChannel",
    class {
      constructor() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      }
    },
  );
  const { tabs } = open("shop");
  tabs.announce("events");
  tabs.close();
});
