import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import packageFile from "../../package.json" with { type: "json" };

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "vitrine-package-"));
const installed = join(project, "node_modules/vitrine");

/** A project with only the packed package and its declared dependencies. */
beforeAll(() => {
  execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", project], { cwd: ROOT });
  mkdirSync(installed, { recursive: true });
  const file = join(project, `vitrine-${packageFile.version}.tgz`);
  execFileSync("tar", ["-xzf", file, "-C", installed, "--strip-components=1"]);
  for (const name of Object.keys(packageFile.dependencies)) {
    const place = join(project, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), place);
  }
});

afterAll(() => {
  rmSync(project, { recursive: true });
});

function vitrine(...args: string[]) {
  const command = join(installed, packageFile.bin.vitrine);
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: project,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

it("the packed command makes a catalog from a feed", () => {
  writeFileSync(
    join(project, "shop.csv"),
    "id,title,price,currency\ncup-1,Cup,12.50,EUR\ncup-2,,9.00,EUR\n",
  );
  const { status, stdout } = vitrine("catalog", "shop.csv", "--out", "public", "--json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ products: 1, rejected: [{ id: "cup-2" }] });
  const { products } = JSON.parse(readFileSync(join(project, "public/catalog.json"), "utf8"));
  expect(products).toMatchObject([{ id: "cup-1", priceMinor: 1250 }]);
});

it("the packed command prints the snippet with the checksums of the packed files", () => {
  const { status, stdout } = vitrine("init", "--yes");
  expect(status).toBe(0);
  const folder = `node_modules/vitrine/dist/vitrine/${packageFile.version}`;
  expect(stdout).toContain(folder);
  expect(stdout.match(/integrity="sha384-/g)).toHaveLength(2);
  expect(readFileSync(join(project, folder, "vitrine.js"), "utf8")).toContain("vitrine-shelf");
});

it("a command that needs a missing package says how to install it", () => {
  writeFileSync(join(project, "log.csv"), "user_id,session_id,timestamp,event_type,product_id\n");
  const pack = vitrine("pack", "--log", "log.csv", "--catalog", "public/catalog.json");
  expect([pack.status, pack.stderr]).toEqual([
    1,
    expect.stringContaining('"npm install @duckdb/node-api"'),
  ]);
  writeFileSync(join(project, "page.html"), "<!doctype html>");
  const doctor = vitrine("doctor", "page.html");
  expect([doctor.status, doctor.stderr]).toEqual([
    1,
    expect.stringContaining('"npm install playwright"'),
  ]);
});
