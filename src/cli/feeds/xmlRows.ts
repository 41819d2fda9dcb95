import { Parser } from "htmlparser2";
import { FieldError } from "../../engine/kit/fields.ts";

export type XmlRow = Record<string, string>;

/** Feeds of other makers, by their outermost element. */
const OTHERS: [element: RegExp, maker: string][] = [
  [/<yml_catalog\b/i, "a YML feed (Yandex)"],
  [/<SHOP\b[^>]*>\s*<SHOPITEM\b/i, "a Heureka feed"],
  [/<BMECAT\b/i, "a BMEcat catalog"],
  [/<sitemapindex\b|<urlset\b/i, "a site map"],
];

/**
 * The simple fields of each `item` of RSS or `entry` of Atom, by their names without `g:`. Google's own
 * fields count before others of the name, of repeated ones the first. No entity beyond XML's is read.
 * @throws {FieldError} for a feed of another kind, by its name.
 */
export function xmlRows(text: string): XmlRow[] {
  const other = OTHERS.find(([element]) => element.test(text.slice(0, 4096)))?.[1];
  if (other !== undefined) {
    throw new FieldError("feed", other, "a Google Merchant feed, which its shop can export, too");
  }
  const rows: XmlRow[] = [];
  let row: { plain: XmlRow; google: XmlRow } | undefined;
  let open: { name: string; content: string } | undefined;
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (row !== undefined) {
          depth++;
          if (depth === 1) open = { name, content: linkIn(name, attributes) };
        } else if (/^(item|entry)$/i.test(name)) {
          row = { plain: Object.create(null), google: Object.create(null) };
          depth = 0;
        }
      },
      ontext(part) {
        if (depth === 1 && open !== undefined) open.content += part;
      },
      onclosetag() {
        if (row === undefined) return;
        if (depth === 1 && open !== undefined) keep(row, open.name, open.content.trim());
        if (depth === 0) {
          rows.push({ ...row.plain, ...row.google });
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

function keep(row: { plain: XmlRow; google: XmlRow }, name: string, content: string): void {
  if (content === "") return;
  const isGoogle = /^[gc]:/i.test(name);
  const [fields, field] = isGoogle ? [row.google, name.slice(2)] : [row.plain, name];
  fields[field] ??= content;
}

/** Atom has links of several kinds; the product's page is the alternate one, which need not say so. */
function linkIn(name: string, { href, rel }: Record<string, string>): string {
  return name === "link" && (rel === undefined || rel === "alternate") ? (href ?? "") : "";
}
