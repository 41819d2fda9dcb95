import type { Browser, Page } from "playwright";
import type { VitrineApi } from "../../widget/vitrineApi.ts";
import { CommandError } from "../commandError.ts";
import type { EngineFacts, PageFacts, ShelfFacts } from "./pageFacts.ts";

/** Notes kept on the page, from before its own scripts run. */
interface Notes {
  violations: string[];
  shelfErrors: Map<Element, string>;
  settled: Set<Element>;
}

type Noted = Window & { vitrineDoctor: Notes };

/**
 * Opens a page as a new shopper would, and waits until its shelves have filled.
 * @param patienceMs the limit for each wait.
 */
export async function examinePage(
  browser: Browser,
  address: string,
  patienceMs: number,
): Promise<PageFacts> {
  const page = await browser.newPage();
  const errors: string[] = [];
  const failedRequests: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  page.on("requestfailed", (request) => failedRequests.push(request.url()));
  page.on("response", (answer) => {
    if (answer.status() >= 400) failedRequests.push(answer.url());
  });
  await page.addInitScript(takeNotes);
  const response = await page.goto(address, { timeout: patienceMs }).catch((error: Error) => {
    throw new CommandError(`cannot open ${address}: ${error.message.split("\n")[0]}`);
  });
  const version = await whenRunning(page, patienceMs);
  const failure = version === undefined ? undefined : await whenReady(page, patienceMs);
  if (version !== undefined && failure === undefined) await whenFilled(page, patienceMs);
  const seen = await page.evaluate(readPage);
  const engine =
    failure === undefined && version !== undefined ? await readEngine(page) : undefined;
  await page.close();
  return {
    address,
    status: response?.status() ?? 0,
    version,
    failure,
    engine,
    errors,
    failedRequests,
    ...seen,
  };
}

function takeNotes(): void {
  const notes: Notes = { violations: [], shelfErrors: new Map(), settled: new Set() };
  Object.defineProperty(window, "vitrineDoctor", { value: notes });
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    notes.violations.push(`${violatedDirective} ${blockedURI}`);
  });
  // Neither event bubbles, like those of images.
  for (const type of ["load", "error"]) {
    document.addEventListener(
      type,
      (event) => {
        if (!(event.target instanceof Element) || event.target.localName !== "vitrine-shelf")
          return;
        notes.settled.add(event.target);
        if (event instanceof ErrorEvent) notes.shelfErrors.set(event.target, event.message);
      },
      { capture: true },
    );
  }
}

/** The version of the script once it runs; undefined if it does not. */
async function whenRunning(page: Page, timeout: number): Promise<string | undefined> {
  const running = await page
    .waitForFunction(
      () => (window as { vitrine?: { version?: string } }).vitrine?.version,
      undefined,
      {
        timeout: (await mayRun(page)) ? timeout : 1,
      },
    )
    .catch(() => undefined); // Timed out; the diagnosis says so.
  return running?.evaluate((version) => version);
}

/** Tag managers add the tag late; a shelf without a tag suggests that one will come. */
async function mayRun(page: Page): Promise<boolean> {
  return (
    (await page.locator("script[data-catalog], script[data-frame], vitrine-shelf").count()) > 0
  );
}

/** Why the recommender did not start; undefined if it did. */
function whenReady(page: Page, patienceMs: number): Promise<string | undefined> {
  return page.evaluate((patienceMs) => {
    const { vitrine } = window as unknown as { vitrine: VitrineApi };
    return Promise.race([
      vitrine.ready.then(
        () => undefined,
        (error: Error) => error.message,
      ),
      new Promise<string>((resolve) => {
        setTimeout(() => resolve(`it took longer than ${patienceMs / 1000} seconds`), patienceMs);
      }),
    ]);
  }, patienceMs);
}

async function whenFilled(page: Page, timeout: number): Promise<void> {
  await page
    .waitForFunction(
      () => {
        const { settled } = (window as unknown as Noted).vitrineDoctor;
        return [...document.querySelectorAll("vitrine-shelf")].every((shelf) => settled.has(shelf));
      },
      undefined,
      { timeout },
    )
    .catch(() => undefined); // Timed out; the report shows the shelves as they are.
}

function readPage(): Pick<
  PageFacts,
  "tags" | "events" | "unknown" | "unread" | "hints" | "consent" | "shelves" | "violations"
> {
  const { vitrine, vitrineDoctor: notes } = window as unknown as Noted & { vitrine?: VitrineApi };
  const report = typeof vitrine?.report === "function" ? vitrine.report() : undefined;
  const tags = document.querySelectorAll<HTMLScriptElement>(
    "script[data-catalog], script[data-frame]",
  );
  const shelves = [...document.querySelectorAll("vitrine-shelf")].map(
    (shelf): ShelfFacts => ({
      strategy: shelf.getAttribute("strategy") ?? "for-you",
      cards: shelf.shadowRoot?.querySelectorAll("li[data-product-id]").length ?? 0,
      error: notes.shelfErrors.get(shelf),
    }),
  );
  return {
    tags: [...tags].map(({ src }) => src),
    events: report?.events ?? {},
    unknown: report?.unknown ?? [],
    unread: report?.unread ?? [],
    hints: report?.hints ?? [],
    consent: report?.consent,
    shelves,
    violations: [...new Set(notes.violations)],
  };
}

/** Undefined where the recommender runs in a frame, which reveals nothing to the page. */
function readEngine(page: Page): Promise<EngineFacts | undefined> {
  return page.evaluate(async () => {
    const { vitrine } = window as unknown as { vitrine: VitrineApi };
    const inspection = await vitrine.inspect(1).catch(() => undefined);
    if (inspection === undefined) return undefined;
    const { thread, warnings, rejectedProducts, recording } = inspection.status;
    return {
      thread,
      warnings: warnings.map(({ message }) => message),
      rejectedProducts: rejectedProducts.length,
      recording: recording.to,
    };
  });
}
