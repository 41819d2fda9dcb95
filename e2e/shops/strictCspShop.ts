import { plainShop } from "./plainShop.ts";
import type { Shop } from "./shop.ts";

/** What `script-src`, `style-src` and `worker-src` say. */
export interface Sources {
  scripts: string;
  workers: string;
}

/** A shop whose pages allow no inline code, no inline style, no eval, and require Trusted Types. */
export function strictCspShop({ scripts, workers }: Sources): Shop {
  const policy = [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${scripts}`,
    `worker-src ${workers}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types vitrine",
  ];
  return {
    ...plainShop,
    name: "strict Content-Security-Policy",
    headers: { "Content-Security-Policy": policy.join("; ") },
  };
}
