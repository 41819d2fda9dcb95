import { VitrineError } from "../engine/kit/message.ts";

/** @throws {VitrineError} if the server answers with an error; {Error} if there is no answer. */
export async function fetchFile(address: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(address, signal ? { signal } : {});
  const { ok, status } = response;
  if (ok) return response;
  const message = `${address} answered ${status}, expected a file`;
  throw new VitrineError("file-answered", message, { address, status });
}
