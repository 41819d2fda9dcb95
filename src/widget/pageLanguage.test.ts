import { afterEach, expect, it, vi } from "vitest";
import { inPageLanguage } from "./pageLanguage.ts";

afterEach(() => void vi.unstubAllGlobals());

it.each([
  ["/products/mug", "/fr/products/pot", "fr", "/fr/products/mug"],
  ["/products/mug", "/fr", "fr-FR", "/fr/products/mug"],
  ["/products/mug", "/pt-br/", "pt-BR", "/pt-br/products/mug"],
  ["/products/mug", "/products/pot", "fr", "/products/mug"],
  ["/products/mug", "/tv/lcd", "en", "/products/mug"],
  ["/en/products/mug", "/fr/products/pot", "fr", "/en/products/mug"],
  ["https://shop.example/mug", "/fr/pot", "fr", "https://shop.example/mug"],
  ["mug.html", "/fr/pot", "fr", "mug.html"],
  ["/products/mug", "/fr/pot", "", "/products/mug"],
])("the path %s on the page %s in %j is %s", (url, pathname, lang, expected) => {
  vi.stubGlobal("location", { pathname });
  vi.stubGlobal("document", { documentElement: { lang } });
  expect(inPageLanguage(url)).toBe(expected);
});
