import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";

/** A site on this machine, on a free port. */
export interface LocalSite {
  origin: string;
  close(): void;
}

/** @param host the host name in its address; the server binds to it only if it is an IP address. */
export async function openLocalSite(
  answer: RequestListener,
  host: "127.0.0.1" | "localhost" = "127.0.0.1",
): Promise<LocalSite> {
  const server = createServer(answer);
  const address = host === "localhost" ? undefined : host;
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () => void server.close().closeAllConnections(),
  };
}

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
};

/** The `Content-Type` of a file by its name. */
export function contentTypeOf(path: string): string {
  return TYPES[extname(path)] ?? "application/octet-stream";
}
