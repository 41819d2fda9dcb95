import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** When a page loads each file of the tag; what is not named is a chunk of the engine's for later. */
const LOADED: Record<string, string> = {
  "vitrine.css": "by the page: keeps the place of shelves",
  "vitrine.js": "by the page, async: loader and cards",
  "capture.js": "once the page is parsed: reads what the shopper does",
  "recommender.worker.js": "by the worker: its own start",
  "first-cards-….js": "by the worker: from catalog to cards",
  "past-….js": "by the worker, beside the catalog: log, networks, consent",
  "engine.js": "only where no worker may run: its start, before the two above",
  "languages.js": "on pages in German, French, Spanish or Chinese",
  "frame-client.js": "only with `data-frame`",
  "vitrine-frame.js": "by the frame's page",
};

/** A chunk's name ends in a checksum of its content. */
const CHECKSUM = /-[\w-]{8}(?=\.js$)/;

/** `docs/sizes.md`: what the files that `buildTag` wrote to `folder` weigh, gzipped as a server would. */
export function sizePage(folder: string): string {
  const bytes = new Map<string, number>();
  let laterBytes = 0;
  for (const file of readdirSync(folder)) {
    const name = file.replace(CHECKSUM, "-…");
    const size = gzipBytesOf(join(folder, file));
    if (name in LOADED) bytes.set(name, size);
    else if (name !== file) laterBytes += size;
  }
  const rows = Object.entries(LOADED).map(
    ([name, when]) => `| \`${name}\` | ${kilobytes(bytes.get(name))} | ${when} |`,
  );
  return `# Sizes
Made by \`npm run docs\` from the built files, gzip; a test fails when it is old. \`npm run size\` holds the
budgets, \`npm run bench -- widget\` puts them beside other recommenders'.

| file | size | loaded |
|---|---|---|
${rows.join("\n")}
| the engine's other chunks, together | ${kilobytes(laterBytes)} | by the worker, each when it is needed: other strategies, rules, training, WebGL |
`;
}

/** What a server sends of a file. */
export function gzipBytesOf(path: string): number {
  return gzipSync(readFileSync(path), { level: 9 }).length;
}

function kilobytes(bytes = Number.NaN): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
