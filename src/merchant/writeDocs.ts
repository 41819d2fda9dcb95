/** `npm run docs`: writes the parts of `docs/` that follow from the code. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { optionPage } from "../widget/optionTable.ts";
import { buildTag } from "./buildTag.ts";

const DOCS = new URL("../../docs/", import.meta.url);

/** When a page loads each file of the tag; what is not named is a chunk of the engine's. */
const LOADED: Record<string, string> = {
  "vitrine.css": "by the page: keeps the place of shelves",
  "vitrine.js": "by the page, async: loader and cards",
  "capture.js": "once the page is parsed: reads what the shopper does",
  "recommender.worker.js": "by the worker: its own start",
  "engine.js": "only where no worker may run",
  "languages.js": "on pages in German, French or Spanish",
  "frame-client.js": "only with `data-frame`",
  "vitrine-frame.js": "by the frame's page",
};

/** `docs/sizes.md`: what the tag's files weigh, gzipped as a server would. */
async function sizePage(): Promise<string> {
  const out = mkdtempSync(join(tmpdir(), "vitrine-docs-"));
  const folder = await buildTag(out);
  const gzip = (file: string) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length;
  const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  const rows = Object.entries(LOADED).map(
    ([file, when]) => `| \`${file}\` | ${kb(gzip(file))} | ${when} |`,
  );
  const chunks = readdirSync(folder).filter((file) => /-[\w-]{8}\.js$/.test(file));
  const rest = kb(chunks.reduce((sum, file) => sum + gzip(file), 0));
  rmSync(out, { recursive: true });
  return `# Sizes
Made by \`npm run docs\` from the built files, gzip. \`npm run size\` holds the budgets, \`npm run bench -- widget\`
puts them beside other recommenders'.

| file | size | loaded |
|---|---|---|
${rows.join("\n")}
| the engine's ${chunks.length} chunks, together | ${rest} | by the worker, each when it is needed: for the first cards, the log of the past, training, WebGL |
`;
}

writeFileSync(new URL("options.md", DOCS), optionPage());
writeFileSync(new URL("sizes.md", DOCS), await sizePage());
