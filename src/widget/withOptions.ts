import { type Option, type OptionValues, readOption } from "./option.ts";

type ElementClass = new () => HTMLElement;

/** An element whose options can be read and written as properties of the same names. */
export type WithOptions<Options extends Record<string, Option<unknown>>> = {
  -readonly [Name in keyof Options]: OptionValues<Options>[Name];
};

/**
 * A class whose options are properties, each stored only as the attribute of its name. An invalid value
 * counts as missing, and is reported on the console.
 */
export function withOptions<Options extends Record<string, Option<unknown>>>(
  Base: ElementClass,
  options: Options,
): new () => HTMLElement & WithOptions<Options> & { keepEarlyOptions(): void } {
  class Element extends Base {
    /** A page may set properties before the class is defined; they would hide the accessors. */
    keepEarlyOptions(): void {
      for (const name of Object.keys(options)) {
        if (!Object.hasOwn(this, name)) continue;
        const early = Reflect.get(this, name);
        Reflect.deleteProperty(this, name);
        Reflect.set(this, name, early);
      }
    }
  }
  for (const [name, option] of Object.entries(options)) {
    Object.defineProperty(Element.prototype, name, accessorOf(name, option));
  }
  return Element as unknown as new () => HTMLElement &
    WithOptions<Options> & { keepEarlyOptions(): void };
}

function accessorOf(name: string, option: Option<unknown>): PropertyDescriptor {
  return {
    configurable: true,
    enumerable: true,
    get(this: HTMLElement) {
      return readOption(option, this.getAttribute(name), (problem) =>
        console.error(`Vitrine: <${this.localName}> ${name} ${problem}`),
      );
    },
    set(this: HTMLElement, value: unknown) {
      if (value === undefined || value === null) this.removeAttribute(name);
      else this.setAttribute(name, option.write(value));
    },
  };
}
