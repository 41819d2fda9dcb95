import { expect, it } from "vitest";
import { combineConsent } from "./consent.ts";

function listen() {
  const received: string[] = [];
  const of = combineConsent((answer, command) => received.push(`${command} ${answer}`));
  return { received, google: of("data-layer"), tcf: of("tcf") };
}

it("a banner that speaks through two frameworks is heard on both", () => {
  const { received, google, tcf } = listen();
  google("granted", "update");
  tcf("granted", "update");
  expect(received).toEqual(["update granted", "update granted"]);
});

it("a no in one framework outweighs a yes in another until the first also says yes", () => {
  const { received, google, tcf } = listen();
  google("denied", "update");
  tcf("granted", "update");
  expect(received).toEqual(["update denied"]);
  google("granted", "update");
  expect(received).toEqual(["update denied", "update granted"]);
});

it("a default of denied is not an answer, and does not prevent a later yes", () => {
  const { received, google, tcf } = listen();
  google("denied", "default");
  tcf("granted", "update");
  expect(received).toEqual(["default denied", "update granted"]);
});
