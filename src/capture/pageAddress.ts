import { distinct } from "./lists.ts";
import type { ProductRefs } from "./pageEvent.ts";
import { addressIn } from "./pageValue.ts";

/** The addresses that a page declares as its own: canonical and Open Graph. */
export function declaredAddresses(page: Document): ProductRefs {
  const canonical = page.querySelector<HTMLLinkElement>('link[rel="canonical" i]');
  const graph = page.querySelector('meta[property="og:url"]');
  return distinct([addressIn(canonical?.href), addressIn(graph?.getAttribute("content"))]);
}
