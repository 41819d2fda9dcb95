/** Named characters of HTML 4 beside Latin-1, whose names are in the order of their codes from 160. */
const LATIN_1 =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 " +
  "acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml " +
  "Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde " +
  "Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig " +
  "ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide " +
  "oslash ugrave uacute ucirc uuml yacute thorn yuml";
const OTHERS = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  lsquo: "‘",
  rsquo: "’",
  sbquo: "‚",
  ldquo: "“",
  rdquo: "”",
  bdquo: "„",
  lsaquo: "‹",
  rsaquo: "›",
  bull: "•",
  dagger: "†",
  permil: "‰",
  prime: "′",
  Prime: "″",
  euro: "€",
  trade: "™",
  OElig: "Œ",
  oelig: "œ",
  Scaron: "Š",
  scaron: "š",
  Yuml: "Ÿ",
  minus: "−",
  le: "≤",
  ge: "≥",
  ne: "≠",
  infin: "∞",
  check: "✓",
  star: "☆",
  ensp: " ",
  emsp: " ",
  thinsp: " ",
  zwnj: "",
  zwj: "",
};
const CHARACTERS = new Map([
  ...Object.entries(OTHERS),
  ...LATIN_1.split(" ").map((name, at) => [name, String.fromCodePoint(160 + at)] as const),
  ["nbsp", " "],
  ["shy", ""],
]);

/** Elements that do not separate words: `<b>A</b>nd` is one word. */
const INLINE = /<\/?(?:a|abbr|b|em|font|i|mark|small|span|strong|su[bp]|u)\b[^>]*>/gi;
/** Known elements only: "<5 mm" and "<Warm>" are text. */
const BLOCK =
  /<!--[\s\S]*?-->|<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>|<\/?(?:article|aside|blockquote|body|br|button|center|dd|div|dl|dt|figure|footer|form|h[1-6]|head|header|hr|html|iframe|img|input|label|li|link|main|meta|nav|object|ol|p|picture|pre|section|source|svg|table|tbody|td|tfoot|th|thead|title|tr|ul|video|script|style)\b[^>]*>/gi;

/**
 * Plain text from text that may contain markup and HTML entities, encoded once or twice, as happens when
 * one program encodes what another has already encoded. Undefined if nothing is left.
 */
export function plainText(value: unknown, max = 2000): string | undefined {
  const plain = withoutTags(decoded(decoded(withoutTags(String(value ?? "")))));
  const text = plain.replace(/\s+/g, " ").trim();
  return text === "" ? undefined : cut(text, max);
}

/** Not in the middle of a character. */
function cut(text: string, max: number): string {
  return text.slice(0, max).replace(/[\ud800-\udbff]$/, "");
}

function withoutTags(text: string): string {
  return text.replace(INLINE, "").replace(BLOCK, " ");
}

/** Text that a platform has encoded for HTML, as WordPress does with titles. */
export function decoded(text: string): string {
  return text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d?\d?);/gi, (written, name: string) => {
    if (!name.startsWith("#")) return CHARACTERS.get(name) ?? written;
    const code = Number(name.replace(/^#(?=\d)/, "").replace(/^#x/i, "0x"));
    return code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
}
