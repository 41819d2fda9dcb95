/** "/fr/…" and "/pt-br/…", and an address of another host. */
const PREFIX = /^\/(?:([a-z]{2})([-_][a-z]{2})?(?=\/|$)|\/)/i;

/**
 * A product's path in the page's language: "/fr/products/mug" on "/fr/…" if the page declares French.
 * Complete addresses, and paths that have a language already, stay as they are.
 */
export function inPageLanguage(url: string): string {
  const [prefix, language] = PREFIX.exec(location.pathname) ?? [];
  const isOwn = RegExp(`^${language}`, "i").test(document.documentElement.lang);
  return isOwn && url[0] === "/" && !PREFIX.test(url) ? prefix + url : url;
}
