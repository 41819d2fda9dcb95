import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import sharp from "sharp";
import type { Plugin } from "vite";

/**
 * The demo shop's product pictures, composed from Fluent emoji (MIT) when the shop is built. A file's
 * name describes its content: `ICON--TINT.webp` or `ICON+ACCENT--TINT.webp`, where the accent is a
 * smaller icon that distinguishes similar products; `@close` or `@detail` before the dot is a close-up.
 * The drawings have blurs and dozens of gradients, which are slow to paint without a GPU, so pixels are
 * served.
 */
export interface IconSet {
  icons: Record<string, { body: string }>;
  aliases?: Record<string, { parent: string }>;
}

/** Two shades of each backdrop, the lighter one behind the product's upper half. */
const TINTS: Record<string, [light: string, deep: string]> = {
  coral: ["#fff1ec", "#ffd5c7"],
  amber: ["#fff6e3", "#ffe2ae"],
  lemon: ["#fffbe0", "#fbeea6"],
  lime: ["#f6fbe4", "#dff0b4"],
  mint: ["#eafaf1", "#c3ecd5"],
  teal: ["#e6f8f7", "#b9e6e3"],
  sky: ["#e9f6fd", "#bfe3f8"],
  blue: ["#ebf2fe", "#c6dafb"],
  indigo: ["#eff0fe", "#d2d6fa"],
  violet: ["#f5effe", "#e0d0fa"],
  rose: ["#fdeff4", "#f8cedf"],
  sand: ["#f8f4ee", "#e8dccb"],
};

const NAME = /^([a-z0-9-]+?)(?:\+([a-z0-9-]+?))?--([a-z]+)(?:@(close|detail))?\.webp$/;
/** The part of the drawing that a view shows: x, y, width, height. */
const VIEW_BOXES = { whole: "0 0 400 400", close: "76 60 248 248", detail: "258 256 116 116" };
const SIDE_PX = 560;
/** Icons are drawn on a square of 32 units. */
const ICON_SIZE = 32;
const CATALOG_FILE = new URL("../../public/catalog.json", import.meta.url);
/** Painting a catalog takes seconds, so an unchanged drawing is not painted again. */
const PAINTED = new URL("../../.cache/pictures/", import.meta.url);

/**
 * The drawing of a picture, as SVG.
 * @throws {Error} naming the file and the part of its name that is not known.
 */
export function composePicture(fileName: string, icons: IconSet): string {
  const match = NAME.exec(fileName);
  if (!match)
    throw new Error(`picture "${fileName}": expected ICON--TINT.webp or ICON+ACCENT--TINT.webp`);
  const [, icon = "", accent, tint = "", view = "whole"] = match;
  const backdrop = Object.hasOwn(TINTS, tint) ? TINTS[tint] : undefined;
  if (!backdrop) {
    throw new Error(`picture "${fileName}": tint "${tint}", expected one of ${Object.keys(TINTS)}`);
  }
  const layers = [
    scene(backdrop),
    placed(bodyOf(icons, icon, fileName), "m", { x: 88, y: 72, size: 224 }),
    ...(accent === undefined ? [] : [badge(bodyOf(icons, accent, fileName))]),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${VIEW_BOXES[view as keyof typeof VIEW_BOXES]}" width="${SIDE_PX}" height="${SIDE_PX}">${layers.join("")}</svg>`;
}

/** Draws a wall with a pale disc, a table, and the product's shadow on the table. */
function scene([light, deep]: [string, string]): string {
  return `<defs><linearGradient id="wall" x2="0" y2="1"><stop stop-color="${light}"/><stop offset="1" stop-color="${deep}"/></linearGradient><radialGradient id="shade"><stop stop-color="#1b1a2e" stop-opacity=".28"/><stop offset="1" stop-color="#1b1a2e" stop-opacity="0"/></radialGradient></defs><path fill="url(#wall)" d="M0 0h400v400H0z"/><circle cx="200" cy="186" r="146" fill="#fff" opacity=".42"/><path fill="#fff" opacity=".3" d="M0 292q200-28 400 0v108H0z"/><ellipse cx="200" cy="306" rx="112" ry="17" fill="url(#shade)"/>`;
}

function badge(body: string): string {
  return `<circle cx="316" cy="318" r="52" fill="#1b1a2e" opacity=".08"/><circle cx="316" cy="314" r="50" fill="#fff"/>${placed(body, "a", { x: 282, y: 280, size: 68 })}`;
}

function placed(
  body: string,
  prefix: string,
  { x, y, size }: { x: number; y: number; size: number },
) {
  const scale = size / ICON_SIZE;
  return `<g transform="translate(${x} ${y}) scale(${scale})">${withPrefixedIds(body, prefix)}</g>`;
}

/** Makes ids unique, because two icons in one picture may use the same ids for their gradients. */
function withPrefixedIds(body: string, prefix: string): string {
  return body
    .replace(/\bid="([^"]+)"/g, `id="${prefix}-$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${prefix}-$1)`)
    .replace(/href="#([^"]+)"/g, `href="#${prefix}-$1"`);
}

function bodyOf(set: IconSet, name: string, fileName: string): string {
  const own = Object.hasOwn(set.icons, name) ? name : set.aliases?.[name]?.parent;
  const icon = own === undefined ? undefined : set.icons[own];
  if (!icon) throw new Error(`picture "${fileName}": no icon "${name}" in the set of Fluent emoji`);
  return icon.body;
}

let loaded: IconSet | undefined;

export function fluentEmoji(): IconSet {
  const require = createRequire(import.meta.url);
  loaded ??= JSON.parse(
    readFileSync(require.resolve("@iconify-json/fluent-emoji/icons.json"), "utf8"),
  ) as IconSet;
  return loaded;
}

/** Renders a drawing as a WebP picture of 560 × 560 pixels. */
async function paint(drawing: string): Promise<Uint8Array> {
  const painted = paintedFile(drawing);
  if (existsSync(painted)) return readFileSync(painted);
  const picture = await sharp(Buffer.from(drawing)).webp({ quality: 82 }).toBuffer();
  mkdirSync(PAINTED, { recursive: true });
  writeFileSync(painted, picture);
  return picture;
}

/** A picture by its name, for the development server. */
async function paintPicture(fileName: string): Promise<Uint8Array> {
  return paint(composePicture(fileName, fluentEmoji()));
}

function paintedFile(drawing: string): URL {
  return new URL(`${createHash("sha256").update(drawing).digest("hex")}.webp`, PAINTED);
}

/** The files that a product's pages show. */
export function pictureFiles(catalogText: string): string[] {
  const wholes = new Set(catalogText.match(/(?<=\/pictures\/)[^"]+\.webp/g));
  return [...wholes].flatMap((whole) => {
    const views = whole.includes("+") ? ["@close", "@detail"] : ["@close"];
    return [whole, ...views.map((view) => whole.replace(".webp", `${view}.webp`))];
  });
}

/** Vite plugin: paints pictures on request during development, and all of the catalog's for a build. */
export function productPictures(): Plugin {
  return {
    name: "vitrine:product-pictures",
    configureServer(server) {
      server.middlewares.use("/pictures/", (request, response) => {
        paintPicture(decodeURIComponent(request.url ?? "").slice(1)).then(
          (picture) => response.setHeader("Content-Type", "image/webp").end(picture),
          (error: Error) => response.writeHead(404).end(error.message),
        );
      });
    },
    async generateBundle() {
      const drawings = pictureFiles(readFileSync(CATALOG_FILE, "utf8")).map((file) => ({
        file,
        drawing: composePicture(file, fluentEmoji()),
      }));
      const count = drawings.filter(({ drawing }) => !existsSync(paintedFile(drawing))).length;
      if (count > 0) console.log(`Painting ${count} pictures, which later builds have already …`);
      const painted = await Promise.all(
        drawings.map(async ({ file, drawing }) => ({ file, source: await paint(drawing) })),
      );
      for (const { file, source } of painted) {
        this.emitFile({ type: "asset", fileName: `pictures/${file}`, source });
      }
    },
  };
}
