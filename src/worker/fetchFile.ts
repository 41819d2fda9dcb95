import { VitrineError } from "../engine/kit/message.ts";
import { within } from "../engine/kit/within.ts";

/** A file that takes longer will not come; on a slow line a catalog may take a while. */
const FILE_MS = 30_000;

/**
 * A file, read by `read`; by default the response.
 * @throws {VitrineError} if the server answers with an error, or not all in time; {Error} if there is no
 * answer.
 */
export function fetchFile<Content = Response>(
  address: string,
  read = async (response: Response) => response as Content,
  ms = FILE_MS,
): Promise<Content> {
  const load = async () => {
    const response = await fetch(address);
    const { ok, status } = response;
    if (ok) return read(response);
    const message = `${address} answered ${status}, expected a file`;
    throw new VitrineError("file-answered", message, { address, status });
  };
  return within(load(), ms, () => {
    return new VitrineError("file-late", `${address} did not arrive in ${ms} ms`, { address, ms });
  });
}
