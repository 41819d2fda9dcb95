/** `npm run docs`: writes the parts of `docs/` that follow from the code. */
import { writeFileSync } from "node:fs";
import { optionPage } from "../widget/optionTable.ts";

writeFileSync(new URL("../../docs/options.md", import.meta.url), optionPage());
