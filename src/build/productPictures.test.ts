import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseCatalog } from "../engine/shop/parseCatalog.ts";
import { composePicture, fluentEmoji, type IconSet, pictureFiles } from "./productPictures.ts";

const icons: IconSet = {
  icons: {
    mug: { body: '<g id="a"><path fill="url(#b)"/></g><linearGradient id="b" href="#a"/>' },
    leaf: { body: '<path id="a" fill="url(#a)"/>' },
  },
  aliases: { cup: { parent: "mug" } },
};

describe("composePicture", () => {
  it("puts the icon in front of its backdrop, and the accent in a corner", () => {
    const plain = composePicture("mug--mint.webp", icons);
    expect(plain).toMatch(/^<svg [^>]*viewBox="0 0 400 400"/);
    expect(plain).toContain("#eafaf1");
    expect(composePicture("mug+leaf--mint.webp", icons).length).toBeGreaterThan(plain.length);
    expect(composePicture("cup--mint.webp", icons)).toBe(plain);
  });

  it("keeps the gradients of two icons separate", () => {
    const picture = composePicture("mug+leaf--mint.webp", icons);
    const ids = [...picture.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(ids.length);
    const used = [...picture.matchAll(/(?:url\(|href=")#([^)"]+)/g)].map(([, id]) => id);
    expect([...used].sort()).toEqual([...ids].sort());
  });

  it("crops to a view", () => {
    expect(composePicture("mug+leaf--mint@detail.webp", icons)).toContain(
      'viewBox="258 256 116 116"',
    );
  });

  it.each([
    ["mug.png", "expected ICON--TINT.webp"],
    ["mug--plaid.webp", 'tint "plaid", expected one of coral'],
    ["cat--mint.webp", 'no icon "cat"'],
    ["mug+cat--mint.webp", 'no icon "cat"'],
    ["constructor--mint.webp", 'no icon "constructor"'],
    ["mug--mint@back.webp", "expected ICON--TINT.webp"],
    ["mug--constructor.webp", 'tint "constructor"'],
  ])("refuses %s, saying why", (name, message) => {
    expect(() => composePicture(name, icons)).toThrow(message);
  });
});

describe("pictureFiles", () => {
  it("contain every picture's views once", () => {
    const catalog =
      '"/pictures/mug--mint.webp" "/pictures/mug+leaf--mint.webp" "/pictures/mug--mint.webp"';
    expect(pictureFiles(catalog)).toEqual([
      "mug--mint.webp",
      "mug--mint@close.webp",
      "mug+leaf--mint.webp",
      "mug+leaf--mint@close.webp",
      "mug+leaf--mint@detail.webp",
    ]);
  });
});

describe("the demo shop's catalog", () => {
  const file = new URL("../../public/catalog.json", import.meta.url);
  const { catalog, rejected } = parseCatalog(JSON.parse(readFileSync(file, "utf8")));

  it("is complete: 240 products or more in 12 departments, none rejected", () => {
    expect(rejected).toEqual([]);
    expect(catalog.size).toBeGreaterThanOrEqual(240);
    expect(new Set(catalog.products.map(({ categoryPath }) => categoryPath[0])).size).toBe(12);
  });

  it("has a distinct picture for every product, and every picture can be made", () => {
    const sources = catalog.products.map(({ image }) => image!.src);
    expect(new Set(sources).size).toBe(sources.length);
    for (const source of sources) {
      expect(composePicture(source.slice("/pictures/".length), fluentEmoji())).toContain("<svg");
    }
  }, 60_000);

  it("has the usual facts for every product", () => {
    for (const product of catalog.products) {
      expect(product, product.id).toMatchObject({
        brand: expect.any(String),
        description: expect.any(String),
        rating: expect.any(Object),
        stock: expect.any(Number),
        tags: expect.any(Array),
      });
    }
  });
});
