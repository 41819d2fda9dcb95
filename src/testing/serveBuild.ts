import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { contentTypeOf, type LocalSite, openLocalSite } from "../cli/doctor/localSite.ts";

const EMPTY_PAGE = '<!doctype html><link rel="icon" href="data:,"><title>Vitrine</title>';

/**
 * Builds modules as they are shipped and serves each as `/NAME.js`, with `files` by path and an empty
 * page at `/`.
 * @param entries module paths from the project's root, by name.
 */
export async function serveBuild(
  entries: Record<string, string>,
  files: Record<string, string | Uint8Array>,
): Promise<LocalSite> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-build-"));
  await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    root: new URL("../..", import.meta.url).pathname,
    worker: { format: "es" },
    build: {
      outDir: folder,
      target: "es2022",
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: entries,
        preserveEntrySignatures: "exports-only",
        output: { entryFileNames: "[name].js" },
      },
    },
  });
  const site = await openLocalSite((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const body = path === "/" ? EMPTY_PAGE : (files[path] ?? readBuilt(join(folder, path)));
    if (body === undefined) response.writeHead(404);
    else response.setHeader("Content-Type", contentTypeOf(path === "/" ? "/index.html" : path));
    response.end(body);
  });
  return {
    ...site,
    close() {
      site.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function readBuilt(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
