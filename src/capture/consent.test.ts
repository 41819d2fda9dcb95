import { expect, it } from "vitest";
import { combineConsent } from "./consent.ts";

function listen() {
  const received: string[] = [];
  const of = combineConsent((answer, command) => received.push(`${command} ${answer}`));
  return { received, google: of("data-layer"), tcf: of("tcf") };
}

it("a banner that says the same in two frameworks is heard twice", () => {
  const { received, google, tcf } = listen();
  google("granted", "update");
  tcf("granted", "update");
  expect(received).toEqual(["update granted", "update granted"]);
});

it("a no in one framework outweighs a yes in another, until the first one says yes, too", () => {
  const { received, google, tcf } = listen();
  google("denied", "update");
  tcf("granted", "update");
  expect(received).toEqual(["update denied"]);
  google("granted", "update");
  expect(received).toEqual(["update denied", "update granted"]);
});

it("a stance that denies is no answer, and keeps nobody from saying yes", () => {
  const { received, google, tcf } = listen();
  google("denied", "default");
  tcf("granted", "update");
  expect(received).toEqual(["default denied", "update granted"]);
});
