import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { version } from "../../package.json" with { type: "json" };
import { headSnippet } from "../cli/tagSnippet.ts";
import { buildTag } from "./buildTag.ts";
import { gzipBytesOf, sizePage } from "./sizePage.ts";

const out = mkdtempSync(join(tmpdir(), "vitrine-tag-"));
let folder: string;

beforeAll(async () => {
  folder = await buildTag(out);
});

afterAll(() => {
  rmSync(out, { recursive: true });
});

function read(file: string): string {
  return readFileSync(join(folder, file), "utf8");
}

/** The files that a module loads before it runs. */
function importsOf(file: string): string[] {
  return [...read(file).matchAll(/from\s*["'`]\.\/([^"'`]+)["'`]/g)].map(([, name]) => name!);
}

it("the worker loads one more file before it can make cards", () => {
  const [first, ...others] = importsOf("recommender.worker.js");
  expect(first).toMatch(/^first-cards-/);
  expect(others).toEqual([]);
  expect(importsOf(first!)).toEqual([]);
  expect(importsOf("engine.js")).toEqual([first]);
});

it("loader and cards take 13.5 kB, and the engine up to its first cards 15.1 more", () => {
  const bytesOf = (file: string) => gzipBytesOf(join(folder, file));
  expect(bytesOf("vitrine.js")).toBeLessThanOrEqual(13_500);
  const [firstCards] = importsOf("recommender.worker.js");
  expect(bytesOf("recommender.worker.js") + bytesOf(firstCards!)).toBeLessThanOrEqual(15_100);
});

it("the snippet contains the version and the checksums of its files", () => {
  const address = `https://cdn.example/${version}`;
  const snippet = headSnippet({ folder, address, attributes: { "data-catalog": "/c.json?a&b" } });
  for (const file of ["vitrine.css", "vitrine.js"]) {
    const checksum = createHash("sha384").update(read(file)).digest("base64");
    expect(snippet).toContain(`"${address}/${file}" integrity="sha384-${checksum}"`);
  }
  expect(snippet).toContain('data-catalog="/c.json?a&amp;b"');
});

it("every file of the tag is in its version's folder, and no chunk is duplicated", () => {
  expect(folder).toBe(join(out, version));
  const names = readdirSync(folder).map((file) => file.replace(/-[\w-]{8}\.js$/, ".js"));
  expect(new Set(names).size).toBe(names.length);
});

it("docs/sizes.md gives the files' sizes within a tenth; npm run docs updates it", () => {
  const written = readFileSync(new URL("../../docs/sizes.md", import.meta.url), "utf8");
  const SIZE = /[\d.]+(?= kB)/g;
  const built = sizePage(folder);
  // Gzip sizes differ slightly between versions of Node.
  expect(written.replace(SIZE, "?")).toBe(built.replace(SIZE, "?"));
  const [reported, real] = [written, built].map((page) => page.match(SIZE)!.map(Number)) as [
    number[],
    number[],
  ];
  const wrong = reported.filter((kb, row) => Math.abs(kb - real[row]!) > 0.1 + 0.1 * real[row]!);
  expect(wrong).toEqual([]);
});
