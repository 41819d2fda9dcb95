import { describe, expect, it } from "vitest";
import { createExperiment } from "../../engine/events/experiment.ts";
import type { Acts } from "../../engine/events/history.ts";
import type { TrainingReport } from "../../engine/learning/learnFrom.ts";
import type { Reason } from "../../engine/ranking/reason.ts";
import type { Rebuy } from "../../engine/ranking/rebuy.ts";
import type { ShelfCard } from "../../engine/ranking/shelf.ts";
import type { Status } from "../../engine/recommender.ts";
import { createCatalog } from "../../engine/shop/catalog.ts";
import { itemPackToBytes } from "../../engine/shop/itemPack.ts";
import { DAY, fixtureCatalog, NOW, packOf } from "../../testing/fixtures.ts";
import { textOf } from "../parts/LearningStatus.tsx";
import { cardText, reasonText } from "../shelves/reasonText.ts";
import { departmentsOf, shopOf, slugOf } from "../shop/shop.ts";
import { discount, money } from "./format.ts";

const catalog = fixtureCatalog();

const NO_ACTS = { looks: 0, stays: 0, saves: 0, carts: 0, ratings: 0, purchases: 0 };
const own = (acts: Partial<Acts>) =>
  ({ input: "ownHistory", because: "k1", acts: { ...NO_ACTS, ...acts } }) as const;

const REASONS: [Reason, string][] = [
  [{ input: "coVisitation", because: "k1" }, "Often viewed with Coffee thing number k1"],
  [{ input: "contentFit", because: "k1" }, "Similar to Coffee thing number k1"],
  [{ input: "coVisitation" }, "Often viewed with what you looked at"],
  [{ input: "contentFit" }, "Similar to what you looked at"],
  [own({ looks: 1 }), "You looked at it"],
  [own({ looks: 3 }), "You looked at it 3 times"],
  [own({ looks: 1, stays: 1, ratings: 1 }), "You looked at it"],
  [own({ stays: 2 }), "You looked at it"],
  [own({ saves: 1 }), "You saved it"],
  [own({ looks: 1, stays: 1, saves: 1 }), "You saved it"],
  [own({ looks: 2, carts: 1 }), "You put it in your cart"],
  [own({ ratings: 1 }), "You rated it"],
  [own({ looks: 3, carts: 1, purchases: 1 }), "You bought it before"],
  [{ input: "popularity" }, "Popular with other shoppers"],
  [{ input: "range" }, "From our range"],
  [{ input: "contentFit", because: "k1", pinned: true }, "Chosen by the shop"],
  [{ ...own({ purchases: 1 }), pinned: true }, "Chosen by the shop"],
];

describe("a card's reason", () => {
  it.each(REASONS)("%j reads %s", (reason, text) => {
    expect(reasonText(reason, catalog)).toBe(text);
  });

  it("does not name a product that the shop no longer has", () => {
    expect(reasonText({ input: "coVisitation", because: "gone" }, catalog)).toBe(
      "Often viewed with what you looked at",
    );
  });

  it("mentions popularity before the recommender opens only if there is an item pack", () => {
    const products = catalog.products.slice(0, 3);
    const small = createCatalog(products);
    const pack = packOf(small, [], { [products[1]!.id]: 9 });
    const shop = shopOf({ products }, itemPackToBytes(pack, small));
    expect(shop.popular.filter(shop.isPopular)).toEqual([products[1]]);
    const bare = shopOf({ products }, undefined);
    expect(bare.popular.some(bare.isPopular)).toBe(false);
  });
});

describe("a card to buy again", () => {
  const card = (rebuy: Rebuy) => ({ recommendation: { rebuy } as ShelfCard });
  const bought = { purchases: 3, lastBoughtAt: NOW - 9 * DAY, intervalMs: 12 * DAY };

  it.each([
    [3, "You buy it about every 12 days · due in 3 days"],
    [0, "You buy it about every 12 days · due today"],
    [-2, "You buy it about every 12 days · you may have run out"],
  ])("that is due in %d days says so", (days, text) => {
    expect(cardText(card({ ...bought, dueAt: NOW + days * DAY }), NOW)).toBe(text);
  });

  it("does not claim a habit after a single purchase", () => {
    const once = card({ ...bought, purchases: 1, dueAt: NOW + 21 * DAY });
    expect(cardText(once, NOW)).toBe("You bought it on January 6, 2026 · maybe due in 21 days");
  });
});

describe("a card of a stated interest", () => {
  const interest = { kind: "department", name: "Coffee & Tea" } as const;
  const text = (reason: object) =>
    cardText({ recommendation: { reason } as ShelfCard, interest }, NOW);

  it("names the interest if there is no personal reason", () => {
    expect(text({ input: "popularity" })).toBe("You like Coffee & Tea");
    expect(text({ input: "range" })).toBe("You like Coffee & Tea");
    expect(text(own({ looks: 1 }))).toBe("You looked at it");
    expect(text({ input: "popularity", pinned: true })).toBe("Chosen by the shop");
  });
});

describe("the learning status", () => {
  const status: Status = {
    thread: "worker",
    store: "indexeddb",
    recording: { to: "browser" },
    consent: "granted",
    isGuest: false,
    offersConsent: "awaited",
    network: "prior",
    events: 0,
    interactions: 0,
    experiment: createExperiment(() => false).statusAt(0),
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
  const lastTraining = { events: 14, interactions: 9, trainer: "webgl", ms: 312 } as TrainingReport;

  it.each<[string, Partial<Status> | undefined, string]>([
    ["nothing yet", undefined, "Starting the recommender"],
    ["a stranger who was only shown things", { events: 1 }, "Popular picks for now"],
    [
      "a first look, showings aside",
      { events: 2, interactions: 1 },
      "Based on 1 thing you did, on",
    ],
    [
      "a training",
      { training: { epoch: 40, epochs: 100, loss: 0.6121, validationLoss: 0.7 } },
      "epoch 40 of 100, loss 0.612",
    ],
    [
      "a trained network",
      { lastTraining, network: "personal", events: 20, interactions: 12 },
      "Learned from 9 things you did, on this device",
    ],
    [
      "a training after which the crowd's weights stay in use",
      { lastTraining, events: 20, interactions: 12 },
      "Based on 12 things you did, on this device · still getting to know you",
    ],
    [
      "a network that lost to plain picks",
      { lastTraining, experiment: { ...status.experiment, inUse: "baseline" } },
      "Showing popular picks: side by side, you preferred them.",
    ],
    [
      "memory only",
      { lastTraining, network: "personal", store: "memory" },
      "on this device · kept only until you leave",
    ],
  ])("describes %s", (_, change, text) => {
    expect(textOf(change && { ...status, ...change })).toContain(text);
  });
});

describe("money", () => {
  it("has the right number of minor units per currency", () => {
    expect(money(12900, "EUR")).toMatch(/129\.00/);
    expect(money(12900, "JPY")).toMatch(/12,900/);
  });

  it("saved is shown in whole percent", () => {
    const product = { ...catalog.products[0]!, priceMinor: 9450, listPriceMinor: 11900 };
    expect(discount(product)).toBe(21);
    expect(discount(catalog.products[0]!)).toBeUndefined();
  });
});

describe("departments", () => {
  it("contain every product once, at an address derived from the name", () => {
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
