/** The part of Trusted Types that the shop uses, which TypeScript's library lacks. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown;
}

declare global {
  interface Window {
    trustedTypes?: TrustedTypes;
  }
}

/**
 * The site's policy requires Trusted Types: text becomes a script only if a policy allows it. This is the
 * default policy, which the browser uses by itself. It allows worker scripts of the site and nothing
 * else; markup and code made from text stay forbidden.
 */
export function trustOwnScripts(trustedTypes: TrustedTypes | undefined, origin: string): void {
  trustedTypes?.createPolicy("default", {
    createScriptURL(address) {
      if (new URL(address, origin).origin === origin) return address;
      throw new TypeError(`${address} is a script of another site, expected one of ${origin}`);
    },
  });
}
