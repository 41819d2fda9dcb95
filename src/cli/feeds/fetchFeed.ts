import { CommandError } from "../commandError.ts";

/** A feed as a server sent it. */
export interface FetchedFeed {
  bytes: Uint8Array;
  /** The encoding that the server named. */
  served: string | undefined;
}

export interface FetchLimits {
  maxBytes: number;
  timeoutMs: number;
}

export const FETCH_LIMITS: FetchLimits = { maxBytes: 512 * 1024 * 1024, timeoutMs: 120_000 };

/**
 * Loads a feed from its address; follows redirects and decompresses.
 * @throws {CommandError} for any status other than 200, and beyond the limits.
 */
export async function fetchFeed(
  address: string,
  { maxBytes, timeoutMs }: FetchLimits = FETCH_LIMITS,
): Promise<FetchedFeed> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(address, { signal, headers: { accept: "*/*" } });
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
    const [, served] = /charset="?([\w-]+)/i.exec(answer.headers.get("content-type") ?? "") ?? [];
    return { bytes: await bytesOf(answer, maxBytes), served };
  } catch (error) {
    throw new CommandError(`cannot load feed "${address}": ${reasonOf(error as Error, timeoutMs)}`);
  }
}

async function bytesOf({ body }: Response, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.length;
    if (bytes > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** `fetch` hides what went wrong in the cause of its error. */
function reasonOf({ name, message, cause }: Error, timeoutMs: number): string {
  if (name === "TimeoutError") return `it took longer than ${timeoutMs / 1000} seconds`;
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
