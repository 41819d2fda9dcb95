import { describe, expect, it } from "vitest";
import { trustOwnScripts } from "./trustOwnScripts.ts";

describe("the policy for scripts", () => {
  it("allows worker scripts of the site and refuses every other, with its address", () => {
    let createScriptURL = (_: string) => "";
    const createPolicy = (_: string, rules: { createScriptURL(address: string): string }) => {
      ({ createScriptURL } = rules);
    };
    trustOwnScripts({ createPolicy }, "https://shop.example");
    expect(createScriptURL("/assets/worker.js")).toBe("/assets/worker.js");
    for (const address of [
      "https://evil.example/w.js",
      "//evil.example/w.js",
      "blob:https://evil.example/1",
      "data:text/javascript,1",
    ]) {
      expect(() => createScriptURL(address)).toThrow(address);
    }
  });
});
