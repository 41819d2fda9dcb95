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

it("other tabs with the same database hear of a change, and no others do", async () => {
  const [one, same, other] = [open("shop"), open("shop"), open("other")];
  one.tabs.announce("events");
  one.tabs.announce("choices");
  await vi.waitFor(() => expect(same.onChange.mock.calls).toEqual([["events"], ["choices"]]));
  expect(one.onChange).not.toHaveBeenCalled();
  expect(other.onChange).not.toHaveBeenCalled();
});

it("what is no change that this version knows is ignored", async () => {
  const { onChange } = open("shop");
  const channel = new BroadcastChannel("vitrine:shop");
  for (const message of ["later", "toString", { type: "events" }, undefined, 1, "network"]) {
    channel.postMessage(message);
  }
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
  expect(onChange.mock.calls).toEqual([["network"]]);
  channel.close();
});

it("a browser without channels has tabs that hear nothing", () => {
  vi.stubGlobal("BroadcastChannel", undefined);
  const { tabs, onChange } = open("shop");
  tabs.announce("events");
  tabs.close();
  expect(onChange).not.toHaveBeenCalled();
});
