import type { ServerResponse } from "node:http";
import type { Plugin } from "vite";

/**
 * The headers of every response, including scripts: a worker is bound by the policy of its own script's
 * response, not by the page's.
 *
 * Everything except the site's own files is forbidden: no inline script or style, no form, no frame, no
 * plug-in. Text can become a script only as the address of one of the site's own workers.
 */
export function contentSecurityPolicy({ nonce }: { nonce?: string } = {}): string {
  const own = nonce === undefined ? "'self'" : `'self' 'nonce-${nonce}'`;
  const directives = {
    "default-src": "'none'",
    "script-src": own,
    "style-src": own,
    "img-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default vitrine",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

/** Header names and values; `nonce` only for the development server, whose own scripts are inline. */
export function securityHeaders(options: { nonce?: string } = {}): Record<string, string> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(options),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    // DNS prefetching of links, which no other directive forbids.
    "X-DNS-Prefetch-Control": "off",
  };
}

/** Random enough for a development server. */
const DEVELOPMENT_NONCE = crypto.randomUUID();

/**
 * The development and preview servers send these headers, and the build writes them to `_headers`, the
 * file that static hosts (Cloudflare Pages, Netlify) read.
 */
export function siteHeaders(): Plugin {
  return {
    name: "vitrine-site-headers",
    config: (_, { command, isPreview }) =>
      command === "serve" && !isPreview ? { html: { cspNonce: DEVELOPMENT_NONCE } } : {},
    configureServer({ middlewares }) {
      middlewares.use(sendWith(securityHeaders({ nonce: DEVELOPMENT_NONCE })));
    },
    configurePreviewServer({ middlewares }) {
      middlewares.use(sendWith(securityHeaders()));
    },
    generateBundle() {
      const lines = Object.entries(securityHeaders()).map(([name, value]) => `  ${name}: ${value}`);
      this.emitFile({ type: "asset", fileName: "_headers", source: `/*\n${lines.join("\n")}\n` });
    },
  };
}

function sendWith(headers: Record<string, string>) {
  return (_: unknown, response: ServerResponse, next: () => void) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    next();
  };
}
