import type { Product } from "../../engine/shop/catalog.ts";
import type { Imported } from "./importProducts.ts";

const SAMPLES = 12;
const SHOWN_ROWS = 20;

/** A page that shows a merchant what a catalog holds, what was left out, and how cards will look. */
export function catalogReport(imported: Imported, feeds: readonly string[]): string {
  const { products, rejected, leftOut, variants, notes } = imported;
  const outs = Object.entries(leftOut).map(([reason, rows]) => `${rows} ${reason}`);
  const counts = [
    ["products", products.length],
    ["variants merged into their product", variants],
    ["rows not for sale", outs.length === 0 ? 0 : outs.join(", ")],
    ["rows rejected", rejected.length],
  ];
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Catalog report</title><style>${STYLE}</style>
<h1>Catalog report</h1><p>${feeds.map(escaped).join(", ")}</p>
<table>${counts.map(([what, many]) => `<tr><th>${what}<td>${escaped(String(many))}`).join("")}</table>
${section("Rejected, by reason", rejectedList(rejected))}
${section("Warnings", notes.map((note) => `<li>${escaped(note)}`).join(""))}
<h2>How cards will look</h2><div class="cards">${samplesOf(products).map(card).join("")}</div>
</html>
`;
}

function section(title: string, items: string): string {
  return `<h2>${title}</h2>${items === "" ? "<p>None.</p>" : `<ul>${items}</ul>`}`;
}

/** Reasons without their values, so that rows of one kind are grouped. */
function rejectedList(rejected: Imported["rejected"]): string {
  const byReason = new Map<string, Imported["rejected"]>();
  for (const row of rejected) {
    const kind = row.reason.replace(/ is .*?, expected /s, ": expected ");
    byReason.set(kind, [...(byReason.get(kind) ?? []), row]);
  }
  return [...byReason]
    .map(([kind, rows]) => {
      const shown = rows
        .slice(0, SHOWN_ROWS)
        .map(({ place, id, reason }) => `<li>${escaped(`${place} ${id ?? ""}: ${reason}`)}`);
      return `<li>${rows.length} × ${escaped(kind)}<ul>${shown.join("")}</ul>`;
    })
    .join("");
}

/** From all parts of the catalog, not only the first products. */
function samplesOf(products: readonly Product[]): Product[] {
  const step = Math.max(1, products.length / SAMPLES);
  const count = Math.min(SAMPLES, products.length);
  return Array.from({ length: count }, (_, at) => products[Math.floor(at * step)]!);
}

function card({
  title,
  image,
  priceMinor,
  listPriceMinor,
  currency,
  brand,
  stock,
}: Product): string {
  const picture = image
    ? `<img src="${escaped(image.src)}" alt="" loading="lazy">`
    : `<div class="none">no picture</div>`;
  const before = listPriceMinor ? ` <s>${priceText(listPriceMinor, currency)}</s>` : "";
  return `<article>${picture}<h3>${escaped(title)}</h3>
<p><b>${priceText(priceMinor, currency)}</b>${before}<p>${escaped(brand ?? "")}${stock === 0 ? " · sold out" : ""}</article>`;
}

function priceText(minor: number, currency: string): string {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return escaped(format.format(minor / 10 ** digits));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem}
th{text-align:start;font-weight:normal;padding-inline-end:2rem}td{font-weight:bold}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(10rem,1fr));gap:1rem}
article{border:1px solid #ccc;border-radius:8px;padding:.75rem}h3{font-size:1rem;margin:.5rem 0}p{margin:.25rem 0}
img,.none{inline-size:100%;aspect-ratio:1;object-fit:contain;background:#f4f4f4;display:grid;place-items:center}`;
