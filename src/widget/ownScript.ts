/**
 * The script element that is running. Read past the page's own names: an `<img name="currentScript">`
 * would stand in for `document.currentScript`, and for `document.querySelectorAll` likewise.
 */
export function ownScript(page: Document): HTMLScriptElement | undefined {
  const running = Object.getOwnPropertyDescriptor(Document.prototype, "currentScript")?.get?.call(
    page,
  );
  if (running instanceof HTMLScriptElement) return running;
  // Started by a loader that evaluates text: the tag is the one with our attributes.
  const tags = Document.prototype.querySelectorAll.call(page, "script[data-catalog]");
  return [...tags].find((tag) => tag instanceof HTMLScriptElement);
}
