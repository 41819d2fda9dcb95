import { codeLate } from "../engine/kit/message.ts";
import { within } from "../engine/kit/within.ts";

/** One way to start the engine's worker; throws if the page does not allow it. */
export type WorkerWay = () => Worker;

/** A script that takes longer counts as missing; a slow line needs some seconds for it. */
const RUNNING_MS = 15_000;

/** The worker could not be started, or failed later. */
export class WorkerError extends Error {}

/**
 * The ways to run the worker script at `address`, best first. A script from another site cannot be a
 * worker itself, but a worker of the page's own can import it if the page's Content-Security-Policy
 * allows `worker-src blob:`.
 */
export function workerWays(address: string): WorkerWay[] {
  return [() => startModule(address), () => startModule(importerOf(address))];
}

/**
 * Resolves with the first worker whose script runs; a blocked or missing script only fires an error
 * event.
 * @throws {WorkerError} with the reason why each way failed.
 */
export async function startWorker(ways: readonly WorkerWay[]): Promise<Worker> {
  const faults: string[] = [];
  for (const way of ways) {
    try {
      const worker = way();
      return await within(whenRunning(worker), RUNNING_MS, () => {
        worker.terminate();
        return codeLate(RUNNING_MS);
      });
    } catch (error) {
      faults.push((error as Error).message);
    }
  }
  throw new WorkerError(faults.join("; "));
}

function whenRunning(worker: Worker): Promise<Worker> {
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", () => resolve(worker), { once: true });
    worker.addEventListener(
      "error",
      ({ message }) => {
        worker.terminate();
        reject(new WorkerError(message || "the worker's script did not load"));
      },
      { once: true },
    );
  });
}

function startModule(address: string): Worker {
  if (typeof Worker === "undefined") throw new WorkerError("this browser has no Worker");
  return new Worker(trusted(address), { type: "module" });
}

/** The browser reads the script when it starts the worker, so the address is not revoked here. */
function importerOf(address: string): string {
  const code = `import ${JSON.stringify(address)};`;
  return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
}

/** The part of Trusted Types that the engine uses; TypeScript's library lacks it. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string };
}

let policy: ReturnType<TrustedTypes["createPolicy"]> | undefined;

/** Pages that require Trusted Types allow the policy `vitrine`; it accepts only our own script. */
function trusted(address: string): string {
  const { trustedTypes } = self as { trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return address;
  policy ??= trustedTypes.createPolicy("vitrine", { createScriptURL: (own) => own });
  return policy.createScriptURL(address);
}
