import { describe, expect, it } from "vitest";
import { createExperiment } from "../../engine/events/experiment.ts";
import type { TrainingReport } from "../../engine/learning/learnFrom.ts";
import type { Rebuy } from "../../engine/ranking/rebuy.ts";
import type { ShelfCard } from "../../engine/ranking/shelf.ts";
import type { Status } from "../../engine/recommender.ts";
import { DAY, fixtureCatalog, NOW } from "../../testing/fixtures.ts";
import { textOf } from "../parts/LearningStatus.tsx";
import { cardText, reasonText } from "../shelves/reasonText.ts";
import { departmentsOf, slugOf } from "../shop/shop.ts";
import { discount, money } from "./format.ts";

const catalog = fixtureCatalog();

describe("a card's reason", () => {
  it.each([
    [{ input: "coVisitation", because: "k1" }, "Often viewed with Coffee thing number k1"],
    [{ input: "contentFit", because: "k1" }, "Similar to Coffee thing number k1"],
    [{ input: "ownHistory", because: "k1", visits: 1 }, "You looked at it"],
    [{ input: "ownHistory", because: "k1", visits: 3 }, "You looked at it 3 times"],
    [{ input: "ownHistory", because: "k1", visits: 3, purchases: 1 }, "You bought it before"],
    [{ input: "popularity" }, "Popular with other shoppers"],
    [{ input: "contentFit", because: "k1", pinned: true }, "Chosen by the shop"],
    [{ input: "coVisitation", because: "gone" }, "Often viewed with what you looked at"],
  ] as const)("%j reads %s", (reason, text) => {
    expect(reasonText(reason, catalog)).toBe(text);
  });
});

describe("a card to buy again", () => {
  const card = (rebuy: Rebuy) => ({ recommendation: { rebuy } as ShelfCard });
  const bought = { purchases: 3, lastBoughtAt: NOW - 9 * DAY, intervalMs: 12 * DAY };

  it.each([
    [3, "You buy it about every 12 days · due in 3 days"],
    [0, "You buy it about every 12 days · due today"],
    [-2, "You buy it about every 12 days · due 2 days ago"],
  ])("that is due in %d days says so", (days, text) => {
    expect(cardText(card({ ...bought, dueAt: NOW + days * DAY }), NOW)).toBe(text);
  });

  it("claims no habit after a single purchase", () => {
    const once = card({ ...bought, purchases: 1, dueAt: NOW + 21 * DAY });
    expect(cardText(once, NOW)).toBe("You bought it on January 6, 2026 · perhaps due in 21 days");
  });
});

describe("a card of something the shopper said they like", () => {
  const interest = { kind: "department", name: "Coffee & Tea" } as const;
  const text = (reason: object) =>
    cardText({ recommendation: { reason } as ShelfCard, interest }, NOW);

  it("says so where it would else be there for its popularity alone", () => {
    expect(text({ input: "popularity" })).toBe("You like Coffee & Tea");
    expect(text({ input: "ownHistory", visits: 1 })).toBe("You looked at it");
  });
});

describe("the learning status", () => {
  const status: Status = {
    thread: "worker",
    store: "indexeddb",
    recording: { to: "browser" },
    consent: "granted",
    network: "prior",
    events: 0,
    interactions: 0,
    experiment: createExperiment().statusAt(0),
    trainer: undefined,
    training: undefined,
    lastTraining: undefined,
    relearning: undefined,
    isEncrypted: true,
    retentionDays: 400,
    hidden: [],
    muted: { products: [], categories: [] },
    rejectedProducts: [],
    warnings: [],
  };
  const lastTraining = { events: 14, trainer: "webgl", ms: 312 } as TrainingReport;

  it.each<[string, Partial<Status> | undefined, string]>([
    ["nothing yet", undefined, "Starting the recommender"],
    ["a stranger who was only shown things", { events: 1 }, "Popular picks for now"],
    ["a first look", { events: 2, interactions: 1 }, "Adapting to 2 events on this device"],
    [
      "a training",
      { training: { epoch: 40, epochs: 100, loss: 0.6121, validationLoss: 0.7 } },
      "epoch 40 of 100, loss 0.612",
    ],
    [
      "a trained network",
      { lastTraining },
      "Learned from 14 events on this device · WebGL · 0.3 s",
    ],
    [
      "a network that lost to plain picks",
      { lastTraining, experiment: { ...status.experiment, inUse: "baseline" } },
      "Popular picks for now: put side by side",
    ],
    ["memory only", { lastTraining, store: "memory" }, "0.3 s · kept only until you leave"],
  ])("tells of %s", (_, change, text) => {
    expect(textOf(change && { ...status, ...change })).toContain(text);
  });
});

describe("money", () => {
  it("knows how many minor units make one", () => {
    expect(money(12900, "EUR")).toMatch(/129\.00/);
    expect(money(12900, "JPY")).toMatch(/12,900/);
  });

  it("is saved in whole percent", () => {
    const product = { ...catalog.products[0]!, priceMinor: 9450, listPriceMinor: 11900 };
    expect(discount(product)).toBe(21);
    expect(discount(catalog.products[0]!)).toBeUndefined();
  });
});

describe("departments", () => {
  it("hold every product once, under an address made from the name", () => {
    const departments = departmentsOf(catalog);
    expect(departments.map(({ slug, products }) => [slug, products.length])).toEqual([
      ["kitchen", 7],
      ["garden", 7],
      ["books", 7],
    ]);
    expect(slugOf("Running & Fitness")).toBe("running-fitness");
    expect(slugOf("— Tee & Kaffee! ")).toBe("tee-kaffee");
  });
});
