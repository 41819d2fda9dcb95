import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { securityHeaders } from "../../src/merchant/securityHeaders.ts";

const BUILD = new URL("../../.cache/e2e/", import.meta.url).pathname;
const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
};

/** The built shop as a static host serves it, with the log that its owner could read. */
export interface LoggedSite {
  origin: string;
  /** A line for each request: method, address, and every header that a browser sent. */
  log: string[];
  close(): void;
}

/** Lets no cache but the shop's own keep anything, so that whatever is asked for is in the log. */
export async function serveLogged(): Promise<LoggedSite> {
  const log: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    log.push(lineOf(request));
    const { body, type } = fileOf(pathname);
    const headers = { ...securityHeaders(), "Content-Type": type, "Cache-Control": "no-store" };
    response.writeHead(200, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return { origin, log, close: () => server.close().closeAllConnections() };
}

/** Any address that is no file is a page of the shop. */
function fileOf(path: string): { body: Buffer; type: string } {
  const file = extname(path) === "" ? "/index.html" : path;
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  return { body: readFileSync(join(BUILD, file)), type };
}

function lineOf({ method, url, headers }: IncomingMessage): string {
  return `${method} ${url} ${JSON.stringify(headers)}`;
}
