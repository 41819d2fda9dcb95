/** As far as the shop knows of Trusted Types, which TypeScript's library lacks. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown;
}

declare global {
  interface Window {
    trustedTypes?: TrustedTypes;
  }
}

/**
 * The site's policy requires Trusted Types: no text may become a script unless a policy vouches for it.
 * This one, to which the browser turns by itself, vouches for worker scripts of the site's own and for
 * nothing else; markup and code made from text stay forbidden.
 */
export function trustOwnScripts(trustedTypes: TrustedTypes | undefined, origin: string): void {
  trustedTypes?.createPolicy("default", {
    createScriptURL(address) {
      if (new URL(address, origin).origin === origin) return address;
      throw new TypeError(`${address} is a script of another site, expected one of ${origin}`);
    },
  });
}
