import { VitrineShelf } from "./shelfElement.ts";

/** Registers `<vitrine-shelf>`, unless it is registered already. */
export function defineShelf(registry: CustomElementRegistry = customElements): void {
  if (registry.get("vitrine-shelf") === undefined) registry.define("vitrine-shelf", VitrineShelf);
}
