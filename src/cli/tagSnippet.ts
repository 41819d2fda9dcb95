import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files that a shop's pages load, and their addresses. */
export interface Snippet {
  /** Where the tag's files are served; a function if each file has its own address. */
  address: string | ((file: string) => string);
  /** Their folder on this machine; without the files, checksums are left out. */
  folder: string;
  /** Attributes of the script, in order; undefined ones are left out. */
  attributes: Record<string, string | undefined>;
}

/** The code for the head of a shop's pages: the stylesheet that reserves space, and the script. */
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

/** The code for the place where cards should appear. */
export function shelfSnippet(strategy: string, limit = 8): string {
  return `<vitrine-shelf strategy="${strategy}" limit="${limit}"></vitrine-shelf>`;
}

/** Subresource integrity (W3C SRI): the browser runs exactly these bytes or nothing. */
function integrityOf(bytes: Uint8Array): string {
  return `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
