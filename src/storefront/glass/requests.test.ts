import { describe, expect, it } from "vitest";
import type { RequestEntry } from "../../engine/insight/requestEntry.ts";
import { toOthers } from "./requests.ts";

const SHOP = "https://shop.example";

function request(url: string): RequestEntry {
  return { url, by: "fetch", at: 1, bytes: 300 };
}

describe("requests to others", () => {
  it("are those to another origin, a subdomain or another port", () => {
    const others = [
      "https://ads.example/x",
      "https://api.shop.example/",
      "https://shop.example:8443/",
    ];
    const requests = [`${SHOP}/pack.bin`, ...others].map(request);
    const found = toOthers({ requests, refusedOrigins: new Set() }, SHOP);
    expect(found.map(({ url }) => url)).toEqual(others);
  });

  it("leave out what the policy blocked, since it was never sent", () => {
    const requests = ["https://ads.example/x", "https://cdn.example/y"].map(request);
    const refusedOrigins = new Set(["https://ads.example"]);
    const found = toOthers({ requests, refusedOrigins }, SHOP);
    expect(found.map(({ url }) => url)).toEqual(["https://cdn.example/y"]);
  });
});
