import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a shop's pages load, and from where. */
export interface Snippet {
  /** Where the tag's files are served; a function where each has an address of its own. */
  address: string | ((file: string) => string);
  /** Where they lie on this machine; checksums are left out where they do not. */
  folder: string;
  /** Attributes of the script, in order; undefined ones are left out. */
  attributes: Record<string, string | undefined>;
}

/** What to paste into the head of a shop's pages: the sheet that keeps the place, and the script. */
export function headSnippet({ address, folder, attributes }: Snippet): string {
  const file = (name: string) => {
    const path = join(folder, name);
    const checksum = existsSync(path) ? integrityOf(readFileSync(path)) : undefined;
    const integrity =
      checksum === undefined ? "" : ` integrity="${checksum}" crossorigin="anonymous"`;
    const served = typeof address === "string" ? `${address}/${name}` : address(name);
    return `"${escaped(served)}"${integrity}`;
  };
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(value!)}"`);
  return [
    `<link rel="stylesheet" href=${file("vitrine.css")}>`,
    `<script async src=${file("vitrine.js")}`,
    ` ${written.join("")}></script>`,
  ].join("\n");
}

/** What to paste where cards shall stand. */
export function shelfSnippet(strategy: string, limit = 8): string {
  return `<vitrine-shelf strategy="${strategy}" limit="${limit}"></vitrine-shelf>`;
}

/** Subresource integrity (W3C SRI): the browser runs these bytes or none. */
function integrityOf(bytes: Uint8Array): string {
  return `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
