import { version } from "../../package.json" with { type: "json" };
import type { PageReport } from "../capture/capturePage.ts";
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

/** What the page does without the recommender. */
export interface PageActions {
  /** Asks for new cards for all shelves. */
  refresh(): void;
  /** What was found on this page so far; undefined before it has been read. */
  report(): PageReport | undefined;
  /** Stops everything that the script started, and removes `window.vitrine`. */
  stop(): void;
}

type Method = (...args: unknown[]) => Promise<unknown>;
type Methods = Pick<Recommender, (typeof REMOTE)[number]> & PageActions;

/** `window.vitrine`: `vitrine.observe(event)` or, as before the script has loaded, `vitrine("observe", event)`. */
export interface VitrineApi extends Methods {
  (method: keyof Methods, ...args: unknown[]): unknown;
  readonly version: string;
  /** Settles when the recommender is open. */
  readonly ready: Promise<void>;
}

export function createApi(recommender: Promise<Recommender>, actions: PageActions): VitrineApi {
  const methods: Record<string, (...args: never[]) => unknown> = { ...actions };
  for (const name of REMOTE) {
    methods[name] = async (...args: never[]) => {
      const call = (await recommender)[name] as Method | undefined;
      if (call === undefined) throw new Error(`Vitrine: "${name}" is not for frames`);
      return call(...args);
    };
  }
  const ready = recommender.then(() => undefined);
  ready.catch(() => undefined); // Reported where it is opened; whatever awaits it also gets the error.
  const call = (method: string, ...args: never[]) => {
    if (!Object.hasOwn(methods, method)) {
      throw new Error(`Vitrine: "${method}" is not one of ${Object.keys(methods).join(", ")}`);
    }
    return methods[method]!(...args);
  };
  return Object.assign(call, methods, { version, ready }) as unknown as VitrineApi;
}

/** Whether it is the API itself, and neither a stub nor an element that happens to have the name. */
export function isLoaded(value: unknown): value is VitrineApi {
  return typeof value === "function" && "version" in value;
}

/** Makes the calls that the page made before the script had loaded, which a stub keeps in `q`. */
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
