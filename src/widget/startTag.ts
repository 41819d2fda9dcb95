import type { PageCapture } from "../capture/capturePage.ts";
import { mustAskFirst } from "../capture/consent/frameworkTraces.ts";
import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import { codeLate } from "../engine/kit/message.ts";
import { yieldToEventLoop } from "../engine/kit/scheduler.ts";
import { within } from "../engine/kit/within.ts";
import type { Recommender } from "../engine/recommender.ts";
import { knownLocale } from "../shelf/numberFormat.ts";
import { shareRecommender } from "../shelf/shareRecommender.ts";
import { createShelfQueue } from "../shelf/shelfQueue.ts";
import { addLanguages, languageOf } from "../shelf/texts.ts";
import { workerWays } from "../worker/startWorker.ts";
import { workerRecommender } from "../worker/workerRecommender.ts";
import { connectShelves } from "./connectShelves.ts";
import { defineShelf } from "./defineShelf.ts";
import { readOptions } from "./option.ts";
import { ownScript } from "./ownScript.ts";
import { TAG_OPTIONS, type TagOptions } from "./tagOptions.ts";
import { callQueued, createApi, isLoaded, type VitrineApi } from "./vitrineApi.ts";

/** Shelves then come without what the page says of itself. */
const PAGE_READER_MS = 8000;

/** A failure of the script is its own: it never breaks the page. */
const onError = (error: Error) => report(error.message);

/** The page's window, with the one name that the script adds to it. */
type HostWindow = Window & { vitrine?: unknown };

/** What the script tag does when it runs: reads its options, opens the recommender, fills the shelves. */
export function startTag(page: HostWindow = window): void {
  const script = ownScript(page.document);
  if (script === undefined || isLoaded(page.vitrine)) return; // Another copy of the script already runs.
  const options = readOptions(TAG_OPTIONS, (name) => script.dataset[name], report);
  const early = page.vitrine;
  const api = openPage(page, options, script);
  Object.defineProperty(page, "vitrine", { value: api, configurable: true, writable: true });
  callQueued(early, api, report);
}

/** Connects the parts: the recommender, the capture of the page, and its shelves. */
function openPage(page: Window, options: TagOptions, script: HTMLScriptElement): VitrineApi {
  const { dataLayer = "dataLayer" } = options;
  if (options.consent !== "granted" && mustAskFirst(page, dataLayer)) options.consent = "asking";
  const key = JSON.stringify([options.catalog, options.pack, options.database, options.frame]);
  const use = shareRecommender(key, () => open(page, options, script));
  use.recommender.catch((error: Error) => report(`did not start: ${error.message}`));
  let capture: PageCapture | undefined;
  let isStopped = false;

  const capturing = whenParsed(page).then(() =>
    within(importBeside(script, "capture.js"), PAGE_READER_MS, () => codeLate(PAGE_READER_MS)),
  );
  capturing.catch(() => undefined); // Handled where `capturing` is awaited.

  /** Shelves wait until the page has been read, since on a product page they depend on its product. */
  const readPage = use.recommender.then(async (recommender) => {
    await read(recommender).catch(onError);
    return recommender;
  });
  async function read(recommender: Recommender): Promise<void> {
    const { capturePage } = await capturing;
    if (isStopped) return;
    capture = capturePage(page, {
      ...options,
      dataLayer,
      recommender,
      onError,
      onNewPage: () => queue.refresh(),
    });
    await capture.settled();
  }
  readPage.catch(() => undefined); // Reported above; each shelf also gets the error.
  const queue = createShelfQueue(readPage);

  const observe = (events: ShopEventInput | ShopEventInput[]) =>
    use.recommender.then((recommender) => recommender.observe(events)).catch(onError);
  connectShelves({ queue, observe, productId: () => capture?.productId() });
  void defineInLanguage(page.document, script);
  return createApi(use.recommender, {
    refresh: () => queue.refresh(),
    report: () => capture?.report(),
    stop() {
      isStopped = true;
      capture?.stop();
      use.release();
      Reflect.deleteProperty(page, "vitrine");
    },
  });
}

async function open(
  page: Window,
  options: TagOptions,
  script: HTMLScriptElement,
): Promise<Recommender> {
  const { catalog, currency, pack, database, consent, experiment, worker } = options;
  if (catalog === undefined && options.frame === undefined) {
    throw new Error("data-catalog is missing, expected an address");
  }
  await yieldToEventLoop(); // Reading the script, starting a worker and drawing the first shelf are a task each.
  // Not `document.baseURI`, which an `<img name="baseURI">` would replace.
  const addressOf = (text: string) => new URL(text, script.baseURI).href;
  if (options.frame !== undefined) {
    const { frameRecommender } = await importBeside(script, "frame-client.js");
    return frameRecommender(page.document, addressOf(options.frame), consent);
  }
  const settings = {
    catalog: addressOf(catalog!),
    consent,
    experiment,
    currency,
    pack: pack && addressOf(pack),
    databaseName: database,
  };
  return workerRecommender(settings, {
    workers: workerWays(addressBeside(script, worker ?? "recommender.worker.js")),
    onPage: () => importBeside(script, "engine.js"),
  });
}

/** Loads the texts of the page's language before the first shelf is shown. */
async function defineInLanguage(page: Document, script: HTMLScriptElement): Promise<void> {
  const language = languageOf(knownLocale(page.documentElement.lang));
  if (language !== "en") {
    await importBeside(script, "languages.js").then(
      ({ MORE_LANGUAGES }) => addLanguages(MORE_LANGUAGES),
      (error: Error) => report(`"${language}" texts did not load: ${error.message}`),
    );
  }
  await yieldToEventLoop();
  defineShelf();
}

/** The address of another file in the script's folder. */
interface Files {
  "capture.js": typeof import("../capture/capturePage.ts");
  "languages.js": typeof import("../shelf/languages.ts");
  "frame-client.js": typeof import("./frameRecommender.ts");
  "engine.js": typeof import("../worker/startRecommender.ts");
}

function importBeside<File extends keyof Files>(
  script: HTMLScriptElement,
  file: File,
): Promise<Files[File]> {
  return import(/* @vite-ignore */ addressBeside(script, file));
}

function addressBeside(script: HTMLScriptElement, file: string): string {
  return new URL(file, script.src || script.baseURI).href;
}

function whenParsed(page: Window): Promise<void> {
  if (page.document.readyState !== "loading") return Promise.resolve();
  return new Promise((resolve) => {
    page.addEventListener("DOMContentLoaded", () => resolve());
  });
}

function report(problem: string): void {
  console.error(`Vitrine: ${problem.replace(/^Vitrine: /, "")}`);
}
