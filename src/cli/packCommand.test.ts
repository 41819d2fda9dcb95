import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NETWORK_SIZE } from "../engine/network/network.ts";
import { itemPackFromBytes } from "../engine/shop/itemPack.ts";
import { crowd } from "../storefront/demo/shoppers.ts";
import { crowdLog } from "../testing/crowdLog.ts";
import { fixtureCatalog, NOW } from "../testing/fixtures.ts";
import { runVitrine } from "../testing/runVitrine.ts";
import { readPackFiles } from "./pack/packFiles.ts";

const catalog = fixtureCatalog();
let folder: string;
let files: { log: string; catalog: string; out: string };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-command-test-"));
  files = {
    log: join(folder, "log.csv"),
    catalog: join(folder, "catalog.json"),
    out: join(folder, "site", "pack.bin"),
  };
  writeFileSync(files.log, crowdLog(crowd(catalog, { shoppers: 60, seed: 1, until: NOW })));
  writeFileSync(files.catalog, JSON.stringify({ products: catalog.products }));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pack = (...args: string[]) =>
  runVitrine("pack", "--catalog", files.catalog, "--out", files.out, ...args);

describe("vitrine pack", () => {
  it("writes the same readable pack every time and reports its contents", async () => {
    const { exitCode, out } = await pack("--log", files.log);
    expect(exitCode).toBe(0);
    const bytes = readFileSync(files.out);
    const read = itemPackFromBytes(new Uint8Array(bytes).buffer, catalog);
    expect(read.neighbors.length).toBeGreaterThan(0);
    expect(out).toContain(`${read.neighbors.length} pairs kept`);
    expect(out).toMatch(/\d+ pairs left out: fewer than 3 shoppers/);
    await pack("--log", files.log);
    expect(readFileSync(files.out).equals(bytes)).toBe(true);
    expect(readdirSync(join(folder, "site"))).toEqual(["pack.bin"]);
  });

  it("splits the pack of a large catalog into parts that add up to the whole", async () => {
    await pack("--log", files.log);
    const whole = readPackFiles(files.out, catalog);
    const { out } = await pack("--log", files.log, "--shard-above", "20", "--shard-rows", "10");
    expect(out).toMatch(
      /parts {7}3 of \d+ kB, \d+ kB gzip each; a session needs [12]\.\d on average/,
    );
    const names = readdirSync(join(folder, "site"));
    expect(names).toHaveLength(4);
    expect(names).toContain("pack.bin");
    const { shards, ...columns } = readPackFiles(files.out, catalog);
    expect(shards?.rows).toBe(10);
    expect(columns).toEqual(whole);
    rmSync(join(folder, "site", names.find((name) => name.endsWith(".1.bin"))!));
    expect((await pack("--explain", "k1")).errors).toMatch(/cannot read pack ".*\.1\.bin"/);
  });

  it("lists a product's neighbors by name from an existing pack", async () => {
    await pack("--log", files.log, "--floor", "1");
    const { exitCode, out } = await pack("--explain", "k1");
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^\nShoppers of .* \(k1\) also viewed\n {2}0\.\d{3} {2}.+ \(k\d\)/);
    const json = JSON.parse((await pack("--explain", "k1", "--json")).out);
    expect(json.neighbors[0]).toMatchObject({ id: expect.any(String), title: expect.any(String) });
  });

  it("with --prior trains the same initial weights every time, and keeps them if better", async () => {
    const args = ["--log", files.log, "--prior", "--json"];
    const { prior } = JSON.parse((await pack(...args)).out);
    expect(prior.isTaken).toBe(true);
    expect(prior.loss.shop).toBeLessThan(prior.loss.engine * 0.99);
    const { prior: weights } = readPackFiles(files.out, catalog);
    expect(weights).toHaveLength(NETWORK_SIZE);
    const bytes = readFileSync(files.out);
    const { out } = await pack("--log", files.log, "--prior");
    expect(out).toMatch(/prior {7}the shop's own weights, loss 0\.\d{4} against \d\.\d{4}/);
    expect(readFileSync(files.out).equals(bytes)).toBe(true);
  });

  it("reports a log too short for --prior, and writes nothing", async () => {
    writeFileSync(files.log, crowdLog(crowd(catalog, { shoppers: 8, seed: 1, until: NOW })));
    const { exitCode, errors } = await pack("--log", files.log, "--prior");
    expect(exitCode).toBe(1);
    expect(errors).toMatch(/the logs yield \d+ examples, --prior needs 2000 or more/);
    expect(() => readFileSync(files.out)).toThrow();
  });

  it("skips malformed rows, and with --strict fails on them and writes nothing", async () => {
    writeFileSync(files.log, `${readFileSync(files.log, "utf8")}ann,s1,never,view,k1,,,,\n`);
    expect((await pack("--log", files.log)).out).toContain("1 malformed rows left out");
    rmSync(files.out);
    const { exitCode, errors } = await pack("--log", files.log, "--strict");
    expect(exitCode).toBe(1);
    expect(errors).toMatch(/1 of \d+ rows are malformed:\n.*row \d+: column timestamp is "never"/);
    expect(() => readFileSync(files.out)).toThrow();
  });

  it.each([
    [["--log", "x.csv", "--floor", "0"], "Expected a whole number from 1 to 1000"],
    [["--log", "x.csv", "--map", "color=x"], "Expected FIELD=COLUMN"],
    [["--log", "x.csv", "--explain", "none"], '--explain is "none", expected the id of a product'],
    [[], "--log is missing"],
  ])("answers %j with exit code 2 and the reason", async (args, reason) => {
    const { exitCode, errors } = await pack(...args);
    expect(errors).toContain(reason);
    expect(exitCode).toBe(2);
  });

  it("reports missing and unreadable files with exit code 1 and the reason", async () => {
    const missing = await pack("--log", join(folder, "none.csv"));
    expect(missing.errors).toMatch(/cannot read log ".*none.csv"/);
    expect(missing.exitCode).toBe(1);
    writeFileSync(files.catalog, "{");
    const noCatalog = await pack("--log", files.log);
    expect(noCatalog.errors).toMatch(/cannot read catalog ".*catalog.json"/);
    expect(noCatalog.exitCode).toBe(1);
  });
});
