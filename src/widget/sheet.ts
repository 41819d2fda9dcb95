import CSS from "./shelf.css?inline";

let shared: CSSStyleSheet | undefined;

/** One style sheet for all shelves, constructed because a strict Content-Security-Policy allows no other. */
export function shelfSheet(): CSSStyleSheet {
  shared ??= sheetOf(CSS);
  return shared;
}

/** The style sheet of one shelf, with the values of its attributes. */
export function optionSheet(properties: Record<string, string | number | undefined>) {
  const lines = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `--${name}: ${value};`);
  return sheetOf(`.shelf { ${lines.join(" ")} }`);
}

function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
