/** `npm run build:command`: the `vitrine` command as plain JavaScript, in `dist/command/`. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const ROOT = new URL("../..", import.meta.url).pathname;
const OUT = join(ROOT, "dist/command");

/** The packages that it uses stay external; the SQL is copied to where its reader looks. */
export async function buildCommand(): Promise<void> {
  await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    root: ROOT,
    build: {
      ssr: "src/cli/vitrine.ts",
      outDir: OUT,
      target: "node20",
      rolldownOptions: { output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" } },
    },
  });
  cpSync(join(ROOT, "src/cli/sql"), join(OUT, "sql"), { recursive: true });
}

if (import.meta.url === `file://${process.argv[1]}`) await buildCommand();
