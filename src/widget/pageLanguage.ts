/** "/fr/…" and "/pt-br/…". */
const PREFIX = /^\/([a-z]{2})(?:[-_][a-z]{2})?(?=\/|$)/i;

/**
 * A product's path in the language that the page is in: "/fr/products/mug" on "/fr/…", where the page says
 * that it is French. Whole addresses, and paths that have a language already, stay as they are.
 */
export function inPageLanguage(
  url: string,
  page: { pathname: string; lang: string } = {
    pathname: location.pathname,
    lang: document.documentElement.lang,
  },
): string {
  const [prefix, language] = PREFIX.exec(page.pathname) ?? [];
  const isOwn = language?.toLowerCase() === page.lang.slice(0, 2).toLowerCase();
  return isOwn && /^\/[^/]/.test(url) && !PREFIX.test(url) ? prefix + url : url;
}
