import { readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { contentTypeOf, type LocalSite, openLocalSite } from "./localSite.ts";

/** Serves the files of a folder to this machine only. */
export function serveFolder(folder: string): Promise<LocalSite> {
  return openLocalSite((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    try {
      // Normalized, a path cannot climb out of the folder.
      const body = readFileSync(join(folder, normalize(decodeURIComponent(pathname))));
      response.writeHead(200, { "Content-Type": contentTypeOf(pathname) }).end(body);
    } catch {
      response.writeHead(404).end(); // Missing, or not a file.
    }
  });
}
