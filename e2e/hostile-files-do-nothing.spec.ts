import { mkdtempSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "playwright/test";
import { writeExport } from "../src/engine/insight/exportFile.ts";
import { catalog } from "./support/demoShop.ts";
import { openShop, statusOf } from "./support/shop.ts";

/** Each would set `pwned` if it were ever treated as more than text. */
const SCRIPTS = [
  '<script>globalThis.pwned = "script"</script>',
  '<img src=x onerror="globalThis.pwned = 1">',
  "<svg/onload=globalThis.pwned=1>",
  '"><iframe srcdoc="<script>parent.pwned=1</script>">',
  "'-(globalThis.pwned=1)-'",
  '{{constructor.constructor("globalThis.pwned=1")()}}',
  "\u0024{globalThis.pwned=1}",
  '</title><script>globalThis.pwned="title"</script>',
  '<a href="javascript:globalThis.pwned=1">x</a>',
  "<math><mtext></style><img src onerror=globalThis.pwned=1>",
];
/** Names with a meaning for a page, a form or every object. */
const NAMES = [
  "__proto__",
  "constructor",
  "toString",
  "root",
  "vitrine",
  "location",
  "body",
  "main",
];
const ADDRESSES = [
  "javascript:globalThis.pwned=1",
  "JaVaScRiPt:globalThis.pwned=1",
  "data:text/html,<script>opener.pwned=1</script>",
  "//evil.invalid/x.png",
  "http://evil.invalid/x.png",
  "https:evil.invalid",
  "/\\evil.invalid/x",
  "\tjavascript:globalThis.pwned=1",
];
const DEEP = 20_000;

const texts = [...SCRIPTS, ...NAMES];
const hostileRows = texts.map((text, index) => ({
  ...catalog.products[index],
  id: text,
  title: text,
  brand: text,
  categoryPath: [text, NAMES[index % NAMES.length]],
  description: text,
  tags: [text],
  groupId: text,
  aliases: [`alias ${text}`],
  image: { src: "/favicon.svg", alt: text },
  url: "/",
}));
const refusedRows = ADDRESSES.flatMap((address, index) => [
  { ...catalog.products[index], id: `image ${index}`, image: { src: address, alt: "" } },
  { ...catalog.products[index], id: `link ${index}`, url: address },
]);
/** As text, because a literal would set the prototype instead of the key. */
const POLLUTION = '"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}';
const HOSTILE_CATALOG = `{${POLLUTION}, "products": [
  ${[...hostileRows, ...refusedRows, ...catalog.products].map((row) => `{${POLLUTION}, ${JSON.stringify(row).slice(1)}`).join(",\n")},
  {"id": ${"[".repeat(DEEP)}${"]".repeat(DEEP)}}]}`;

/** Without the site's policy, which would block the scripts: here the code must. */
async function openWithoutPolicy(page: Page): Promise<string[]> {
  const faults: string[] = [];
  page.on("dialog", (dialog) => {
    faults.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    if (request.url().includes("evil.invalid")) faults.push(request.url());
  });
  await page.route("**/pictures/**", (route) => route.abort());
  await page.route("**/catalog.json", (route) =>
    route.fulfill({ contentType: "application/json", body: HOSTILE_CATALOG }),
  );
  const isPage = ({ pathname }: URL) => !pathname.includes(".");
  await page.route(isPage, async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    delete headers["content-security-policy"];
    return route.fulfill({ response, headers });
  });
  return faults;
}

async function expectNoHarm(page: Page, where: string): Promise<void> {
  const probe = () => ({
    pwned: (globalThis as { pwned?: unknown }).pwned,
    polluted: ({} as { polluted?: unknown }).polluted,
    keys: Object.keys(Object.prototype),
  });
  const clean = { pwned: undefined, polluted: undefined, keys: [] };
  expect(await page.evaluate(probe), where).toEqual(clean);
  for (const worker of page.workers()) expect(await worker.evaluate(probe), where).toEqual(clean);
}

test("a malicious catalog is shown as text, and its bad addresses are rejected by name", async ({
  page,
}) => {
  const faults = await openWithoutPolicy(page);
  const paths = [
    "/",
    `/product/${encodeURIComponent("__proto__")}`,
    "/department/proto",
    `/search?q=${encodeURIComponent(SCRIPTS[1]!)}`,
  ];
  for (const path of paths) {
    await openShop(page, path);
    await expect(page.locator("main")).not.toBeEmpty();
    await expectNoHarm(page, path);
  }
  await page.evaluate(
    (views) => window.vitrine.observe(views),
    texts.map((productId) => ({ type: "view" as const, productId })),
  );
  await page.evaluate(() => window.vitrine.settled());
  for (const path of ["/glass", "/glass/data"]) {
    await openShop(page, path);
    await expect(page.getByText(SCRIPTS[1]!).first()).toBeAttached();
    await expectNoHarm(page, path);
  }
  const { rejectedProducts } = await statusOf(page);
  expect(rejectedProducts).toHaveLength(refusedRows.length + 1);
  for (const { reason } of rejectedProducts.slice(0, -1)) {
    expect(reason.message).toContain("expected an https address or a path of this site");
  }
  expect(faults).toEqual([]);
});

test("a malicious export is rejected with a reason, or imported as inert text", async ({
  page,
}) => {
  const faults = await openWithoutPolicy(page);
  await openShop(page, "/glass/data");
  const error = page.getByRole("alert").filter({ hasText: "Nothing was changed" });
  const read = async (file: string | { name: string; mimeType: string; buffer: Buffer }) => {
    await page.getByLabel("File", { exact: true }).setInputFiles(file);
    await page.getByRole("button", { name: "Read the file" }).click();
  };
  const textFile = (text: string) => ({
    name: "vitrine.json",
    mimeType: "application/json",
    buffer: Buffer.from(text),
  });
  const refusals: [string, RegExp][] = [
    ["<script>globalThis.pwned=1</script>", /not a Vitrine export/],
    [`{${POLLUTION}, "format": "vitrine-export"}`, /field "version"/],
    ["[".repeat(DEEP) + "]".repeat(DEEP), /field "file" is a list/],
    [
      `{"format": "vitrine-export", "version": 1, "checksum": 1, "content": {"events": ${"[".repeat(DEEP)}${"]".repeat(DEEP)}}}`,
      /nested too deep|damaged/,
    ],
  ];
  for (const [text, reason] of refusals) {
    await read(textFile(text));
    await expect(error).toContainText(reason);
    await expectNoHarm(page, String(reason));
  }
  const huge = join(mkdtempSync(join(tmpdir(), "vitrine-huge-")), "huge.json");
  writeFileSync(huge, "");
  truncateSync(huge, 300 * 2 ** 20);
  await read(huge);
  await expect(error).toContainText("exports are at most");

  const now = Date.now();
  const events = SCRIPTS.map((text, index) => ({
    type: "refund" as const,
    orderId: text,
    at: now - index,
  }));
  const content = { exportedAt: 1, events, network: undefined, choices: {} };
  const interests = JSON.stringify([...SCRIPTS, ...NAMES].map((name) => ({ kind: "brand", name })));
  const texts = { shop: `{${POLLUTION}}`, interests };
  const muted = { products: NAMES, categories: [NAMES.slice(0, 4)] };
  await read(
    textFile(Buffer.from(await writeExport({ ...content, muted, page: texts })).toString()),
  );
  await expect(page.getByText(`${SCRIPTS.length} events imported.`)).toBeVisible();
  await expect(page.locator("[data-seq]")).toHaveCount(SCRIPTS.length);
  await expect(page.locator("[data-seq] q").first()).toHaveText(SCRIPTS[0]!);
  await expectNoHarm(page, "imported");
  expect((await statusOf(page)).events).toBe(SCRIPTS.length);
  expect(faults).toEqual([]);
});
