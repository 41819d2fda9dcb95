import { Fault } from "../engine/kit/message.ts";

/** @throws {Fault} when the server answers with an error; {Error} when nobody answers. */
export async function fetchFile(address: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(address, signal ? { signal } : {});
  const { ok, status } = response;
  if (ok) return response;
  const message = `${address} answered ${status}, expected a file`;
  throw new Fault("file-answered", message, { address, status });
}
