const documents = new WeakMap<Document, Document>();

/**
 * The page's document, read through its prototype: an `<img name="querySelectorAll">` replaces the
 * document's own method of that name.
 */
export function documentOf({ document }: Window): Document {
  const known = documents.get(document);
  if (known !== undefined) return known;
  const prototype = Object.getPrototypeOf(document) as object;
  const read = new Proxy(document, {
    get(target, key) {
      const holder = key in prototype ? prototype : target; // `location` is the document's own.
      const value: unknown = Reflect.get(holder, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  documents.set(document, read);
  return read;
}
