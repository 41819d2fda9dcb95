/** `npm run docs:gallery`: makes the pictures in `docs/theming.md` from the code below them. */
import { mkdirSync, readFileSync } from "node:fs";
import sharp from "sharp";
import { launchChromium } from "../src/cli/doctor/chromium.ts";
import { listed, page } from "./shops/shop.ts";
import { startSite } from "./support/shopSite.ts";

const DOCS = new URL("../docs/", import.meta.url);
/** By the ending of the picture's name. */
const WIDTHS = { "": 720, "-phone": 390 };

interface Theme {
  name: string;
  code: string;
}

/** Each theme is a heading of the page's gallery with the code below it. */
function themes(): Theme[] {
  const text = readFileSync(new URL("theming.md", DOCS), "utf8");
  const found = text.matchAll(
    /!\[.*?\]\(gallery\/([\w-]+)\.png\)\s+!\[.*?\]\(gallery\/\1-phone\.png\)\s+```html\n(.*?)```/gs,
  );
  return [...found].map(([, name, code]) => ({ name: name!, code: code! }));
}

const [shown, site] = [themes(), new Map<string, string>()];
for (const { name, code } of shown) site.set(`/${name}`, code);
const { origin, close } = await startSite({
  ...listed(({ id }) => ({ url: `/p/${id}` })),
  name: "gallery",
  page: (path, tag) =>
    site.has(path)
      ? page(
          `<title>Gallery</title><style>body { margin: 0; padding: 20px; font: 15px/1.4 system-ui, sans-serif; }</style>${tag.head}`,
          site.get(path)!,
        )
      : undefined,
});
const browser = await launchChromium([], { gl: "none" });
mkdirSync(new URL("gallery/", DOCS), { recursive: true });
for (const { name } of shown) {
  for (const [ending, width] of Object.entries(WIDTHS)) {
    // Shorter than any picture: a picture ends where its shelf ends.
    const view = await browser.newPage({ viewport: { width, height: 120 } });
    await view.goto(`${origin}/${name}`);
    await view.locator("vitrine-shelf li[data-product-id]").first().waitFor();
    await view.waitForFunction(() => [...document.images].every(({ complete }) => complete));
    await view.waitForLoadState("networkidle");
    const path = new URL(`gallery/${name}${ending}.png`, DOCS).pathname;
    await sharp(await view.screenshot({ fullPage: true }))
      .png({ palette: true })
      .toFile(path);
    console.log(path);
  }
}
await browser.close();
close();
