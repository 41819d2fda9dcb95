import { version } from "../../package.json" with { type: "json" };
import type { CaptureReport } from "../capture/capturePage.ts";
import type { Recommender } from "../engine/recommender.ts";

const REMOTE = [
  "observe",
  "recommend",
  "products",
  "inspect",
  "train",
  "erase",
  "pause",
  "resume",
  "startGuestVisit",
  "endGuestVisit",
  "setConsent",
] as const;

/** What the page can do by itself, without the recommender. */
export interface PageActions {
  /** Chooses the cards of all shelves anew. */
  refresh(): void;
  /** What was found on this page so far; undefined before it was read. */
  report(): CaptureReport | undefined;
  /** Ends everything that the script started, and takes its name from the page. */
  stop(): void;
}

type Method = (...args: unknown[]) => Promise<unknown>;
type Methods = Pick<Recommender, (typeof REMOTE)[number]> & PageActions;

/** `window.vitrine`: `vitrine.observe(event)`, or as before the script was there `vitrine("observe", event)`. */
export interface VitrineApi extends Methods {
  (method: keyof Methods, ...args: unknown[]): unknown;
  readonly version: string;
  /** Settles when the recommender runs. */
  readonly ready: Promise<void>;
}

export function createApi(recommender: Promise<Recommender>, actions: PageActions): VitrineApi {
  const methods: Record<string, (...args: never[]) => unknown> = { ...actions };
  for (const name of REMOTE) {
    methods[name] = async (...args: never[]) => {
      const call = (await recommender)[name] as Method | undefined;
      if (call === undefined) throw new Error(`Vitrine: "${name}" does not cross into the frame`);
      return call(...args);
    };
  }
  const ready = recommender.then(() => undefined);
  ready.catch(() => undefined); // Reported where it is opened; whatever awaits it gets the error, too.
  const call = (method: string, ...args: never[]) => {
    if (!Object.hasOwn(methods, method)) {
      throw new Error(
        `Vitrine: there is no "${method}", expected one of ${Object.keys(methods).join(", ")}`,
      );
    }
    return methods[method]!(...args);
  };
  return Object.assign(call, methods, { version, ready }) as unknown as VitrineApi;
}

/** Whether it is the real thing, and neither a stub nor an element that happens to have the name. */
export function isLoaded(value: unknown): value is VitrineApi {
  return typeof value === "function" && "version" in value;
}

/** Makes the calls that the page made before the script was there; a stub keeps them in `q`. */
export function callQueued(
  stub: unknown,
  api: VitrineApi,
  report: (problem: string) => void,
): void {
  const queued = typeof stub === "function" && "q" in stub ? stub.q : undefined;
  if (!Array.isArray(queued)) return;
  for (const args of queued) {
    const [method, ...others] = Array.from(args as ArrayLike<unknown>);
    Promise.resolve()
      .then(() => api(method as keyof PageActions, ...others))
      .catch((error: Error) => report(error.message));
  }
}
