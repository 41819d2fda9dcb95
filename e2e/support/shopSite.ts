import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, type Locator, type Page, test as plainTest } from "playwright/test";
import packageFile from "../../package.json" with { type: "json" };
import { chromiumOptions } from "../../src/cli/doctor/chromium.ts";
import { contentTypeOf, type LocalSite, openLocalSite } from "../../src/cli/doctor/localSite.ts";
import type { Status } from "../../src/engine/recommender.ts";
import type { VitrineApi } from "../../src/widget/vitrineApi.ts";
import type { Shop, Tag } from "../shops/shop.ts";

const BUILD = new URL("../../.cache/e2e/", import.meta.url).pathname;
const TAG_PATH = `/vitrine/${packageFile.version}`;

const DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';

/** A running shop. */
export interface ShopSite extends LocalSite {
  /** Requests it answered, by path. */
  requests: string[];
}

export interface SiteOptions {
  /** Where the tag's files come from; by default from the shop's own site. */
  cdn?: string;
  /** Attributes on the script tag besides catalog and pack. */
  attributes?: string;
  /** A tag of the shop's own, if it cannot use the one from the guide. */
  head?: (tag: Tag) => string;
}

/**
 * Starts shops for a test and closes them afterwards. Pictures and WebGL are off, because software
 * rendering would take most of the time.
 */
export const test = plainTest.extend<{ openSite: typeof startSite }>({
  launchOptions: [chromiumOptions({ gl: "none" }), { scope: "worker" }],
  page: async ({ page }, use) => {
    await page.route("**/pictures/**", (route) =>
      route.fulfill({ contentType: "image/svg+xml", body: DOT }),
    );
    await use(page);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  openSite: async ({}, use) => {
    const sites: ShopSite[] = [];
    await use(async (shop, options) => {
      const site = await startSite(shop, options);
      sites.push(site);
      return site;
    });
    for (const site of sites) site.close();
  },
});

/** Serves a shop, or with "cdn" only the tag's files, on its own port. */
export async function startSite(shop: Shop | "cdn", options: SiteOptions = {}): Promise<ShopSite> {
  const requests: string[] = [];
  const site = await openLocalSite((request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    requests.push(pathname);
    if (shop !== "cdn" && answerPage(shop, options, pathname, response)) return;
    answerFile(pathname, response);
  }, "localhost");
  return { ...site, requests };
}

function answerPage(
  shop: Shop,
  options: SiteOptions,
  path: string,
  response: ServerResponse,
): boolean {
  const file = path === "/catalog.json" ? JSON.stringify(shop.products) : shop.files?.[path];
  const body = file ?? shop.page(path, tagOf(shop, options));
  if (body === undefined) return false;
  const type = contentTypeOf(file === undefined ? "page.html" : path);
  response.writeHead(200, { "Content-Type": type, ...(file === undefined ? shop.headers : {}) });
  response.end(body);
  return true;
}

/** The snippet that the build prints. */
function tagOf({ hasPack }: Shop, { cdn = "", attributes = "", head }: SiteOptions): Tag {
  const base = cdn + TAG_PATH;
  const pack = hasPack ? 'data-pack="/pack.bin"' : "";
  const tag = {
    base,
    head: `<link rel="stylesheet" href="${base}/vitrine.css" crossorigin>
      <script async src="${base}/vitrine.js" crossorigin
        data-catalog="/catalog.json" ${pack} ${attributes}></script>`,
  };
  return head === undefined ? tag : { ...tag, head: head(tag) };
}

/** Serves the built files to any origin, like a CDN. */
function answerFile(path: string, response: ServerResponse): void {
  try {
    const body = readFileSync(join(BUILD, path));
    response.writeHead(200, {
      "Content-Type": contentTypeOf(path),
      "Access-Control-Allow-Origin": "*",
    });
    response.end(body);
  } catch (error) {
    if (!["ENOENT", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    response.writeHead(404).end();
  }
}

/** Every error that the page has logged or thrown since this call. */
export function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  return problems;
}

/** A shelf of the page by its strategy. */
export function shelf(page: Page, strategy: string): Locator {
  return page.locator(`vitrine-shelf[strategy="${strategy}"]`);
}

/** Product ids on a shelf, once it shows any. */
export async function cardsOn(page: Page, strategy: string): Promise<string[]> {
  const cards = shelf(page, strategy).locator("li[data-product-id]");
  await expect(cards.first()).toBeVisible();
  return cards.evaluateAll((items) => items.map((item) => item.getAttribute("data-product-id")!));
}

/** The shopper's stored events, newest first. */
export async function storedEvents(page: Page) {
  return page.evaluate(async () => {
    const api = (window as unknown as { vitrine: VitrineApi }).vitrine;
    return (await api.inspect()).events;
  });
}

/** Waits until this page's product is in the history. */
export async function viewStored(page: Page, productId: string): Promise<void> {
  await page.waitForFunction(() => "ready" in ((window as { vitrine?: object }).vitrine ?? {}));
  await expect
    .poll(async () => (await storedEvents(page)).map((event) => JSON.stringify(event)).join())
    .toContain(`"${productId}"`);
}

export async function statusOf(page: Page): Promise<Status> {
  return page.evaluate(async () => {
    const api = (window as unknown as { vitrine: VitrineApi }).vitrine;
    return (await api.inspect(1)).status;
  });
}
