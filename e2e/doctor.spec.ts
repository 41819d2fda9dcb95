import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "playwright/test";
import packageFile from "../package.json" with { type: "json" };
import type { Check } from "../src/cli/doctor/diagnose.ts";
import { runVitrine } from "../src/testing/runVitrine.ts";
import { plainShop } from "./shops/plainShop.ts";
import { FRONT } from "./shops/shop.ts";
import { strictCspShop } from "./shops/strictCspShop.ts";
import { test } from "./support/shopSite.ts";

async function examine(page: string, ...options: string[]) {
  const { exitCode, out } = await runVitrine("doctor", page, "--json", ...options);
  const { checks } = JSON.parse(out) as { checks: Check[] };
  return { exitCode, checks: Object.fromEntries(checks.map((check) => [check.name, check])) };
}

test("vitrine doctor reports a healthy product page with its events and cards", async ({
  openSite,
}) => {
  const { origin } = await openSite(plainShop);
  const { exitCode, checks } = await examine(`${origin}/products/${FRONT[0]!.id}.html`);
  expect(Object.values(checks).filter(({ verdict }) => verdict !== "ok")).toEqual([]);
  expect(checks.events?.detail).toBe("1 from json-ld");
  expect(checks.cards?.detail).toBe("related: 4 cards");
  expect(exitCode).toBe(0);
});

test("it reports a missing catalog, a blocked worker, and a file without a tag", async ({
  openSite,
}) => {
  const { origin: cdn } = await openSite("cdn");
  const policy = strictCspShop({ scripts: `'self' ${cdn}`, workers: "'none'" });
  const { origin } = await openSite(policy, {
    cdn,
    head: ({ head }) => head.replace("/catalog.json", "/missing.json"),
  });
  const broken = await examine(origin);
  expect(broken.exitCode).toBe(1);
  expect(broken.checks.policy?.detail).toContain("worker-src");
  expect(broken.checks.catalog?.detail).toContain("/missing.json answered 404");

  const file = join(mkdtempSync(join(tmpdir(), "vitrine-doctor-")), "index.html");
  writeFileSync(file, "<!doctype html><title>Shop</title>");
  const bare = await examine(file);
  expect([bare.exitCode, bare.checks.tag?.verdict]).toEqual([1, "fault"]);

  expect((await runVitrine("doctor", "https://shop.example/")).exitCode).toBe(2);
});

test("it checks a file deep in a site, given the site's folder", async () => {
  const root = mkdtempSync(join(tmpdir(), "vitrine-site-"));
  cpSync(new URL("../.cache/e2e/vitrine", import.meta.url), join(root, "vitrine"), {
    recursive: true,
  });
  writeFileSync(join(root, "catalog.json"), JSON.stringify(plainShop.products));
  mkdirSync(join(root, "products"));
  const file = join(root, "products", `${FRONT[0]!.id}.html`);
  const head = `<script async src="/vitrine/${packageFile.version}/vitrine.js" data-catalog="/catalog.json"></script>`;
  const base = `/vitrine/${packageFile.version}`;
  writeFileSync(file, plainShop.page(`/products/${FRONT[0]!.id}.html`, { base, head })!);
  const { exitCode, checks } = await examine(file, "--root", root);
  expect(checks.cards?.detail).toBe("related: 4 cards");
  expect(checks.events?.detail).toBe("1 from json-ld");
  expect(exitCode).toBe(0);
  expect((await runVitrine("doctor", file, "--root", join(root, "vitrine"))).exitCode).toBe(2);
  rmSync(root, { recursive: true });
});
