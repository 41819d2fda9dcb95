import { Parser } from "htmlparser2";
import Papa from "papaparse";
import { categoryPath, entryOf, type FeedEntry, money, plainText } from "../../feeds/feedEntry.ts";

type Row = Record<string, string>;

interface GoogleOptions {
  currency?: string | undefined;
  /** When the catalog is made, milliseconds since 1970: sale prices may be of another time. */
  now: number;
}

/** A Google Merchant feed as XML: `item`s of RSS or `entry`s of Atom, with or without `g:`. */
export function googleXml(text: string, options: GoogleOptions): FeedEntry[] {
  return xmlRows(text).map((row, index) => googleEntry(row, `item ${index + 1}`, options));
}

/** A Google Merchant feed as tab-separated text. */
export function googleTsv(text: string, options: GoogleOptions): FeedEntry[] {
  const { data } = Papa.parse<Row>(text, {
    header: true,
    delimiter: "\t",
    skipEmptyLines: true,
    transformHeader: (name) => name.trim().replace(/ /g, "_"),
  });
  return data.map((row, index) => googleEntry(row, `row ${index + 2}`, options));
}

/** The simple fields of each item; of repeated ones the first counts. No entity beyond XML's is read. */
function xmlRows(text: string): Row[] {
  const rows: Row[] = [];
  let row: Row | undefined;
  let field = "";
  let depth = 0;
  let content = "";
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (row !== undefined) {
          depth++;
          if (depth === 1) {
            field = name.replace(/^g:/, "");
            content = field === "link" ? (attributes.href ?? "") : "";
          }
        } else if (name === "item" || name === "entry") {
          row = Object.create(null) as Row;
          depth = 0;
        }
      },
      ontext(part) {
        if (row !== undefined && depth === 1) content += part;
      },
      onclosetag() {
        if (row === undefined) return;
        if (depth === 1) row[field] ??= content.trim();
        if (depth === 0) {
          rows.push(row);
          row = undefined;
        }
        depth--;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  return rows;
}

function googleEntry(row: Row, place: string, { currency, now }: GoogleOptions): FeedEntry {
  return entryOf(place, row.item_group_id, () => {
    const full = money(row.price, "price", currency);
    const isOnSale = row.sale_price && isDuring(row.sale_price_effective_date, now);
    const sale = isOnSale ? money(row.sale_price, "sale_price", full.currency) : full;
    const isSoldOut = /^out[_ ]of[_ ]stock$/i.test(row.availability?.trim() ?? "");
    return {
      id: row.id,
      title: row.title,
      categoryPath: categoryPath(row.product_type || row.google_product_category),
      priceMinor: sale.minor,
      currency: sale.currency,
      listPriceMinor: sale.minor < full.minor ? full.minor : undefined,
      brand: row.brand,
      stock: isSoldOut ? 0 : undefined,
      description: plainText(row.description),
      url: row.link,
      image: row.image_link ? { src: row.image_link, alt: row.title ?? "" } : undefined,
    };
  });
}

/** "2026-11-01T00:00+01:00/2026-11-30T23:59+01:00"; always, where there is no such range. */
function isDuring(range: string | undefined, now: number): boolean {
  const [from = Number.NaN, to = Number.NaN] = (range ?? "").split("/").map(Date.parse);
  return !(now < from || now > to);
}
