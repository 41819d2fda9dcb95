/** `npm run docs`: writes the parts of `docs/` that are generated from the code. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { optionPage } from "../widget/optionTable.ts";
import { buildTag } from "./buildTag.ts";
import { sizePage } from "./sizePage.ts";

const DOCS = new URL("../../docs/", import.meta.url);

const out = mkdtempSync(join(tmpdir(), "vitrine-docs-"));
writeFileSync(new URL("options.md", DOCS), optionPage());
writeFileSync(new URL("sizes.md", DOCS), sizePage(await buildTag(out)));
rmSync(out, { recursive: true });
