#!/usr/bin/env node
/** Runs `vitrine.ts` where there is only Node. */
import { register } from "tsx/esm/api";

register();
const { vitrine } = await import("./vitrine.ts");
process.exitCode = await vitrine(process.argv.slice(2));
