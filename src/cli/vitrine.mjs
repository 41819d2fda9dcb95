#!/usr/bin/env node
/** The `vitrine` command: built in the package, from its sources in the repository. */
import { existsSync } from "node:fs";

const SOURCE = new URL("./vitrine.ts", import.meta.url);

async function load() {
  if (!existsSync(SOURCE)) return import("../../dist/command/vitrine.js");
  const { register } = await import("tsx/esm/api");
  register();
  return import(SOURCE.href);
}

const { vitrine } = await load();
process.exitCode = await vitrine(process.argv.slice(2));
