import { existsSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import packageFile from "../../package.json" with { type: "json" };
import type { ConsentMode } from "../engine/events/consent.ts";
import { headSnippet, shelfSnippet } from "./tagSnippet.ts";

/** Answers to the five questions of `vitrine init`. */
export interface Setup {
  platform: Platform;
  /** Addresses; the files' may be those of a Shopify theme, the pack's "none". */
  files: string;
  catalog: string;
  pack: string;
  consent: ConsentMode;
}

interface PlatformGuide {
  label: string;
  /** How its catalog is made. */
  catalog: string;
  /** Where the snippet belongs. */
  place: string;
  /** Where shelves belong. */
  shelves: string;
}

/** An address that means the theme's `assets/` folder; Shopify knows where it is served. */
export const THEME_ASSETS = "theme-assets";

const PAGES = "where you want cards";

export const PLATFORMS = {
  shopify: {
    label: "Shopify",
    catalog:
      "vitrine catalog products.json --currency EUR --out .  # https://YOUR-SHOP/products.json?limit=250",
    place: "layout/theme.liquid, before </head>",
    shelves:
      "copy docs/shopify/vitrine-shelf.liquid into sections/ and add the section in the theme editor, or",
  },
  woocommerce: {
    label: "WooCommerce",
    catalog:
      "vitrine catalog products.json --out .  # https://YOUR-SHOP/wp-json/wc/store/v1/products?per_page=100",
    place: "the theme's header.php before wp_head(), or a plugin for header scripts",
    shelves: PAGES,
  },
  ga4: {
    label: "another shop with GA4 or Tag Manager",
    catalog: "vitrine catalog feed.xml --out .  # the feed that Google Merchant Center reads",
    place: "the head of every page, after Google's own snippet",
    shelves: PAGES,
  },
  html: {
    label: "plain HTML, or anything else",
    catalog:
      "vitrine catalog SITE-FOLDER --out .  # pages with JSON-LD; a CSV or JSON file also works",
    place: "the head of every page",
    shelves: PAGES,
  },
  react: {
    label: "React",
    catalog: "vitrine catalog products.json --out public",
    place: "your application",
    shelves: PAGES,
  },
} satisfies Record<string, PlatformGuide>;
export type Platform = keyof typeof PLATFORMS;

export interface Guide {
  /** To paste once. */
  snippet: string;
  /** To paste where cards should appear. */
  shelf: string;
  /** What a Content-Security-Policy must allow, if the shop has one. */
  policy: string;
  /** The whole guide, in steps, for people. */
  text: string;
}

/** The package has the tag's files beside the built command; the repository builds them. */
const PACKAGED = fileURLToPath(new URL(`../vitrine/${packageFile.version}`, import.meta.url));
const BUILT = `dist/vitrine/${packageFile.version}`;

/** The steps that set Vitrine up in this shop. */
export function setupGuide(setup: Setup): Guide {
  const isPackaged = existsSync(PACKAGED);
  const folder = isPackaged ? relative("", PACKAGED) : BUILT;
  const { platform, files } = setup;
  const { catalog, place, shelves } = PLATFORMS[platform];
  const isReact = platform === "react";
  const snippet = isReact ? reactSnippet(setup) : tagSnippet(setup, folder);
  const shelf = isReact
    ? `<Recommendations strategy="for-you" limit={8} />`
    : shelfSnippet("for-you");
  const policy = policyFor(files);
  const steps = [
    [catalogTitle(setup), catalog],
    ...(setup.pack === "none"
      ? []
      : [
          [
            "If you have logs, count them into an item pack",
            isReact
              ? "vitrine pack --log orders.csv --catalog public/catalog.json --out public/pack.bin"
              : "vitrine pack --log orders.csv --catalog catalog.json",
          ],
        ]),
    ...(isReact ? [] : [filesStep(files, isPackaged, folder)]),
    [`Paste into ${place}`, snippet],
    [`Paste ${shelves.startsWith("copy") ? `(${shelves})` : shelves}`, shelf],
    ...(isReact ? [] : [["Check that it works", doctorStep(platform)]]),
  ];
  const text = steps.map(
    ([title, what], index) => `${index + 1}. ${title}:\n\n${indented(what!)}\n`,
  );
  const footer = isReact
    ? ""
    : `\nIf your pages send a Content-Security-Policy, it must allow: ${policy}`;
  return { snippet, shelf, policy, text: text.join("\n") + footer };
}

/** The doctor opens pages that this machine serves. */
function doctorStep(platform: Platform): string {
  return platform === "shopify"
    ? "vitrine doctor http://127.0.0.1:9292/  # where `shopify theme dev` serves the theme"
    : "vitrine doctor http://localhost:8080/  # or wherever you serve it, or an HTML file";
}

const SHOP_LIST = /\/products\.json\b|\/wc\/store\//;

function catalogTitle({ catalog }: Setup): string {
  return SHOP_LIST.test(catalog)
    ? `${catalog} works as it is for a first try. A catalog is far smaller, and an item pack needs one. To make it`
    : "Make the catalog, and repeat this whenever prices change";
}

function filesStep(files: string, isPackaged: boolean, folder: string): string[] {
  const build = isPackaged ? "" : `npm run build:tag  # writes ${folder}\n`;
  return files === THEME_ASSETS
    ? ["Copy the tag's files into the theme's assets", `${build}cp ${folder}/* THEME/assets/`]
    : [`Serve the tag's files at ${files}`, `${build}cp -r ${folder} …`];
}

function tagSnippet(setup: Setup, folder: string): string {
  const { platform, files, catalog, pack, consent } = setup;
  const isShopifyList = platform === "shopify" && SHOP_LIST.test(catalog);
  const attributes = {
    "data-catalog": catalog,
    "data-currency": isShopifyList ? "{{ shop.currency }}" : undefined,
    "data-pack": pack === "none" ? undefined : pack,
    "data-consent": consent === "auto" ? undefined : consent,
  };
  if (files !== THEME_ASSETS) return headSnippet({ address: files, folder, attributes });
  // Shopify minifies the files that it serves from there, so a checksum would not match.
  const address = (file: string) => `{{ '${file}' | asset_url }}`;
  return headSnippet({ address, folder: "", attributes });
}

function reactSnippet({ catalog, pack, consent }: Setup): string {
  const props = [
    `catalog="${catalog}"`,
    ...(pack === "none" ? [] : [`pack="${pack}"`]),
    ...(consent === "auto" ? [] : [`consent="${consent}"`]),
  ];
  return `import { RecommendationProvider, Recommendations } from "vitrine/react";

<RecommendationProvider ${props.join(" ")}>…</RecommendationProvider>`;
}

/** `worker-src` also covers a worker's own imports. */
function policyFor(files: string): string {
  if (files.startsWith("/") || files === THEME_ASSETS) {
    return "script-src 'self'; style-src 'self'; worker-src 'self'; connect-src 'self'";
  }
  const { origin } = new URL(files);
  return `script-src ${origin}; style-src ${origin}; worker-src blob: ${origin}; connect-src 'self'`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "   ");
}
