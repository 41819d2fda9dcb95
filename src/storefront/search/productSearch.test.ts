import { beforeAll, describe, expect, it } from "vitest";
import catalogFile from "../../../public/catalog.json";
import { parseCatalog } from "../../engine/shop/parseCatalog.ts";
import { departmentsOf } from "../shop/shop.ts";
import { createProductSearch, type ProductSearch } from "./productSearch.ts";
import { suggestionsFor } from "./suggestions.ts";

const { catalog } = parseCatalog(catalogFile);
let search: ProductSearch;
beforeAll(async () => {
  search = await createProductSearch(catalog.products);
});

describe("the search", () => {
  it.each([
    ["tent", "ridge-1-solo-tent"],
    ["TENTS", "ridge-1-solo-tent"],
    ["headph", "aural-one-headphones"],
    ["norrick trail", "fell-2-trail-shoe"],
    ["knives", "chefs-knife-20-cm"],
    ["咖啡豆", "yirga-filter-roast-250-g"],
    ["咖", "yirga-filter-roast-250-g"],
    ["刀", "chefs-knife-20-cm"],
    ["刀具", "chefs-knife-20-cm"],
    ["a bag for sleeping", "down-bag-minus-5"],
    ["for a", "a-clock-for-dragons"],
  ])("finds what %j means as typed", (query, id) => {
    const { relevance, instead } = search.find(query);
    expect([...relevance.keys()].slice(0, 7)).toContain(id);
    expect(instead).toBeUndefined();
  });

  it.each([
    ["tnet", "tent"],
    ["hedphones", "headphones"],
    ["esperso", "espresso"],
    ["norick trail", "norrick trail"],
    ["kofee", "coffee"],
    ["koffie", "coffee"],
    ["ocffee", "coffee"],
    ["nappys", "nappies"],
    ["kitchn knive", "kitchen knives"],
    ["sleeping xyzzy bagg", "sleeping bag"],
    ["shampo for dogs", "shampoo"],
  ])("takes %j for %j, and says so", (query, meant) => {
    const { relevance, instead } = search.find(query);
    expect(instead).toBe(meant);
    expect([...relevance.keys()]).toEqual([...search.find(meant).relevance.keys()]);
  });

  it.each(["书", "花", "婴儿", "婴儿车", "手推车"])("finds something for %s", (query) => {
    expect(search.find(query).relevance.size).toBeGreaterThan(0);
  });

  it("ignores connecting words next to others", () => {
    const { relevance, words } = search.find("bag for sleeping");
    expect(words).toEqual(["bag", "sleeping"]);
    expect([...relevance.keys()].toSorted()).toEqual(
      [...search.find("sleeping bag").relevance.keys()].toSorted(),
    );
  });

  it("gives the best match 1, and finds nothing for words that no product contains", () => {
    expect([...search.find("espresso").relevance.values()][0]).toBe(1);
    for (const query of ["zzzzzz", "", "  ", "🦆", "qwfp", "98765"]) {
      expect(search.find(query)).toEqual({ relevance: new Map(), words: [], instead: undefined });
    }
  });
});

describe("suggestions", () => {
  const suggest = (query: string) =>
    suggestionsFor(query, {
      search,
      departments: departmentsOf(catalog),
      productOf: (id) => catalog.products[catalog.rowOf(id)!],
    });

  it("offer departments and aisles first, then products", () => {
    const suggestions = suggest("coff");
    expect(suggestions.map(({ text, href }) => [text, href]).slice(0, 3)).toEqual([
      ["Coffee & Tea", "/department/coffee-tea"],
      ["Coffee beans", "/department/coffee-tea?category=Coffee+beans"],
      ["Coffee makers", "/department/coffee-tea?category=Coffee+makers"],
    ]);
    expect(suggestions.slice(3, -1).every(({ product }) => product !== undefined)).toBe(true);
  });

  it("end with a link to all results, if there are any", () => {
    expect(suggest(" kofee ").at(-1)).toMatchObject({
      text: "See all results for “kofee”",
      href: "/search?q=kofee",
    });
    expect(suggest("zzzzzz")).toEqual([]);
  });

  it("contain the words that were searched for, as typed or as corrected", () => {
    const wordsOf = (query: string) => suggest(query).map(({ words }) => words);
    expect(wordsOf("coff").slice(0, -1)).toContainEqual(["coff"]);
    expect(wordsOf("kofee")[0]).toEqual(["coffee"]);
  });

  it("are empty before anything is typed", () => {
    expect(suggest("  ")).toEqual([]);
  });
});
