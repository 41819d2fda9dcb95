/**
 * The script element that is running. Uses the prototype's getters, since an `<img name="currentScript">`
 * on the page would replace `document.currentScript`, and likewise `document.querySelectorAll`.
 */
export function ownScript(page: Document): HTMLScriptElement | undefined {
  const running = Object.getOwnPropertyDescriptor(Document.prototype, "currentScript")?.get?.call(
    page,
  );
  if (running instanceof HTMLScriptElement) return running;
  // A loader has evaluated the script as text; the tag is the one with our attributes.
  const tags = Document.prototype.querySelectorAll.call(page, "script[data-catalog]");
  return [...tags].find((tag) => tag instanceof HTMLScriptElement);
}
