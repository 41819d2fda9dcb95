import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { securityHeaders } from "../../src/build/securityHeaders.ts";
import { contentTypeOf, type LocalSite, openLocalSite } from "../../src/cli/doctor/localSite.ts";

const BUILD = new URL("../../.cache/e2e/", import.meta.url).pathname;

/** The built shop on a static host, with the access log that its owner could read. */
export interface LoggedSite extends LocalSite {
  /** A line for each request: method, address, and every header that a browser sent. */
  log: string[];
}

/** Disables every cache but the shop's own, so that every request is in the log. */
export async function serveLogged(): Promise<LoggedSite> {
  const log: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    log.push(lineOf(request));
    const { body, type } = fileOf(pathname);
    const headers = { ...securityHeaders(), "Content-Type": type, "Cache-Control": "no-store" };
    response.writeHead(200, headers).end(body);
  };
  return { log, ...(await openLocalSite(answer, "localhost")) };
}

/** One pixel, as WebP: a log does not depend on the content of a picture. */
const PICTURE = Buffer.from("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA", "base64");

/** Any address that is not a file is a page of the shop. */
function fileOf(path: string): { body: Buffer; type: string } {
  if (path.startsWith("/pictures/")) return { body: PICTURE, type: "image/webp" };
  const file = extname(path) === "" ? "/index.html" : path;
  return { body: readFileSync(join(BUILD, file)), type: contentTypeOf(file) };
}

function lineOf({ method, url, headers }: IncomingMessage): string {
  return `${method} ${url} ${JSON.stringify(headers)}`;
}
