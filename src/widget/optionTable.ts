import type { Option } from "./option.ts";
import { SHELF_OPTION_TEXTS, TAG_OPTION_TEXTS } from "./optionTexts.ts";
import { SHELF_OPTIONS } from "./shelfOptions.ts";
import { TAG_OPTIONS } from "./tagOptions.ts";

/** `docs/options.md`, from the options themselves. */
export function optionPage(): string {
  return `# Options
Made by \`npm run docs\` from \`src/widget/\`; a test fails when it is old.

## \`<vitrine-shelf>\`
Attributes and properties of the same name; upper and lower case are one in attributes.

${table(SHELF_OPTIONS, SHELF_OPTION_TEXTS, (name) => name)}

## The script tag
${table(TAG_OPTIONS, TAG_OPTION_TEXTS, dataName)}
`;
}

function table(
  options: Record<string, Option<unknown>>,
  texts: Record<string, string>,
  nameOf: (name: string) => string,
): string {
  const rows = Object.entries(options).map(([name, { kind, initial }]) => {
    const value = [initial].flat().join(" ");
    return `| \`${nameOf(name)}\` | ${kind} | ${value === "" ? "" : `\`${value}\``} | ${texts[name]} |`;
  });
  return ["| name | value | default | what |", "|---|---|---|---|", ...rows].join("\n");
}

/** `dataLayer` → `data-data-layer`. */
function dataName(name: string): string {
  return `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
