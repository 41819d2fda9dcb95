import { readFileSync } from "node:fs";
import { createDemoPack } from "../src/build/demoPack.ts";
import { itemPackFromBytes } from "../src/engine/shop/itemPack.ts";
import { parseCatalog } from "../src/engine/shop/parseCatalog.ts";
import type { StoryShop } from "../src/testing/stories/playStory.ts";

/** The demo shop's catalog, and the item pack that its build counts. */
export function demoShop(): StoryShop {
  const file = new URL("../public/catalog.json", import.meta.url);
  const { catalog } = parseCatalog(JSON.parse(readFileSync(file, "utf8")));
  return { catalog, pack: itemPackFromBytes(createDemoPack(), catalog) };
}
