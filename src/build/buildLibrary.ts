/** `npm run build:lib`: the package's modules, one for each door in its `exports`, with their types, in `dist/lib/`. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = new URL("../..", import.meta.url).pathname;
const OUT = join(ROOT, "dist/lib");

/** One module for each source file, so that bundlers can drop unused ones. */
export function buildLibrary(): void {
  rmSync(OUT, { recursive: true, force: true });
  execFileSync("npx", ["tsc", "-p", "tsconfig.library.json"], { cwd: ROOT, stdio: "inherit" });
  for (const file of readdirSync(OUT, { recursive: true, encoding: "utf8" })) {
    if (/\.(js|d\.ts)$/.test(file)) nameModules(join(OUT, file));
  }
}

/** Declarations and worker addresses still name the sources; the compiler renames imports only. */
function nameModules(path: string): void {
  const text = readFileSync(path, "utf8");
  const renamed = text.replace(/((?:from |import\(|new URL\()"\.[^"]+)\.tsx?"/g, '$1.js"');
  if (renamed !== text) writeFileSync(path, renamed);
}

if (import.meta.url === `file://${process.argv[1]}`) buildLibrary();
