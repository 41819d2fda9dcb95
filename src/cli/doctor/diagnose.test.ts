import { describe, expect, it } from "vitest";
import { diagnose } from "./diagnose.ts";
import type { PageFacts } from "./pageFacts.ts";

const HEALTHY: PageFacts = {
  address: "http://localhost/",
  status: 200,
  tags: ["http://localhost/vitrine/0.1.0/vitrine.js"],
  version: "0.1.0",
  failure: undefined,
  engine: { thread: "worker", warnings: [], rejectedProducts: 0, recording: "browser" },
  events: { "json-ld": 1 },
  unknown: [],
  unread: [],
  hints: [],
  consent: { heard: {}, follows: "data-consent decides" },
  shelves: [{ strategy: "for-you", cards: 8, error: undefined }],
  violations: [],
  failedRequests: [],
  errors: [],
};

/** Verdicts by what they are about, of a page that is healthy but for this. */
function verdicts(change: Partial<PageFacts>) {
  return Object.fromEntries(
    diagnose({ ...HEALTHY, ...change }).map((check) => [check.name, check]),
  );
}

describe("diagnose", () => {
  it("reports a working page as healthy", () => {
    expect(diagnose(HEALTHY).map(({ verdict }) => verdict)).toEqual(Array(8).fill("ok"));
  });

  it("distinguishes a missing tag, one that did not load, and a blocked one", () => {
    const without = verdicts({ tags: [], version: undefined });
    expect(without.tag).toMatchObject({ verdict: "fault" });
    expect(without.tag?.detail).toContain("vitrine init");
    expect(without.cards).toBeUndefined();
    const lost = verdicts({ version: undefined, failedRequests: HEALTHY.tags });
    expect(lost.tag?.detail).toContain("could not be loaded");
    expect(verdicts({ version: undefined }).tag?.detail).toContain("checksum");
  });

  it("reports an unreadable catalog as a fault, and skipped rows as a warning", () => {
    const missing = verdicts({ failure: "/catalog.json answered 404", engine: undefined });
    expect(missing.catalog).toMatchObject({ verdict: "fault" });
    expect(missing.catalog?.detail).toContain("404");
    const partly = verdicts({ engine: { ...HEALTHY.engine!, rejectedProducts: 3 } });
    expect(partly.catalog).toMatchObject({ verdict: "warning" });
  });

  it("says which consent framework was heard, what it said, and what follows", () => {
    const follows = "nothing is recorded, and what was stored is erased";
    const heard = {
      TCF: { recommendations: "no", offers: "yes" },
      "Global Privacy Control": { offers: "default-no" },
    } as const;
    expect(verdicts({ consent: { heard, follows } }).consent?.detail).toBe(
      "TCF says no to recommendations, yes to offers; Global Privacy Control says nothing to " +
        `recommendations, default no to offers: ${follows}`,
    );
    const unread = verdicts({ consent: { heard: {}, follows, failure: "404" } }).consent;
    expect(unread).toMatchObject({ verdict: "warning" });
    expect(unread?.detail).toContain("cannot be read: 404");
    expect(verdicts({}).consent?.detail).toBe("no framework was heard: data-consent decides");
    expect(verdicts({ consent: undefined }).consent).toBeUndefined();
  });

  it("names products that the catalog does not know", () => {
    expect(verdicts({ unknown: ["SKU-9"] }).events?.detail).toContain("SKU-9");
    expect(verdicts({ events: {} }).events).toMatchObject({ verdict: "warning" });
  });

  it("distinguishes a failed shelf from an empty one", () => {
    const failed = { strategy: "related", cards: 0, error: "no catalog" };
    expect(verdicts({ shelves: [failed] }).cards).toMatchObject({ verdict: "fault" });
    expect(verdicts({ shelves: [{ ...failed, error: undefined }] }).cards).toMatchObject({
      verdict: "warning",
    });
    expect(verdicts({ shelves: [] }).cards?.detail).toContain("no <vitrine-shelf>");
  });

  it("reports what the policy blocked, and that the engine runs on the page", () => {
    const engine = { ...HEALTHY.engine!, thread: "page" as const, warnings: ["no worker"] };
    const { policy, engine: where } = verdicts({ violations: ["worker-src blob"], engine });
    expect(policy?.detail).toContain("worker-src blob");
    expect(where?.detail).toContain("on the page, in short slices; no worker");
  });
});
