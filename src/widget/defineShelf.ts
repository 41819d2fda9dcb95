import { VitrineShelf } from "./shelfElement.ts";

/** Registers `<vitrine-shelf>`, unless somebody did. */
export function defineShelf(registry: CustomElementRegistry = customElements): void {
  if (registry.get("vitrine-shelf") === undefined) registry.define("vitrine-shelf", VitrineShelf);
}
