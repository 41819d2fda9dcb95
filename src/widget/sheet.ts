import CSS from "./shelf.css?inline";

let shared: CSSStyleSheet | undefined;

/** One sheet for all shelves. Constructed, since a strict Content-Security-Policy allows no other. */
export function shelfSheet(): CSSStyleSheet {
  shared ??= sheetOf(CSS);
  return shared;
}

/** The sheet of one shelf, with what its attributes say. */
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
