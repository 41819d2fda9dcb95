import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { buildItemPack } from "../cli/pack/buildItemPack.ts";
import { itemPackToBytes } from "../engine/shop/itemPack.ts";
import { parseCatalog } from "../engine/shop/parseCatalog.ts";
import { crowd } from "../storefront/demo/shoppers.ts";

const CATALOG_FILE = new URL("../../public/catalog.json", import.meta.url);
const CROWD = { shoppers: 2500, seed: 2026, until: Date.UTC(2026, 10, 15) };

/** The demo shop's item pack, counted from a synthetic crowd. It has the same bytes every time. */
export function createDemoPack(): ArrayBuffer {
  const { catalog, rejected } = parseCatalog(JSON.parse(readFileSync(CATALOG_FILE, "utf8")));
  if (rejected.length > 0) {
    throw new Error(
      `public/catalog.json: ${rejected.map(({ id, reason }) => `${id}: ${reason.message}`)}`,
    );
  }
  const { pack } = buildItemPack(crowd(catalog, CROWD), catalog, { neighbors: 24 });
  return itemPackToBytes(pack, catalog);
}

/** Vite plugin: serves `/pack.bin` while developing and writes it into the build. */
export function demoPack(): Plugin {
  return {
    name: "vitrine:demo-pack",
    configureServer(server) {
      server.middlewares.use("/pack.bin", (_request, response) => {
        response.setHeader("Content-Type", "application/octet-stream");
        response.end(new Uint8Array(createDemoPack()));
      });
    },
    generateBundle() {
      this.emitFile({
        type: "asset",
        fileName: "pack.bin",
        source: new Uint8Array(createDemoPack()),
      });
    },
  };
}
