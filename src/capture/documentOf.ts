/**
 * The page's document, read through its prototype: an `<img name="querySelectorAll">` replaces the
 * document's own method of that name.
 */
export function documentOf({ document }: Window): Document {
  const prototype = Object.getPrototypeOf(document) as object;
  return new Proxy(document, {
    get(target, key) {
      const holder = key in prototype ? prototype : target; // `location` is the document's own.
      const value: unknown = Reflect.get(holder, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
