import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "./securityHeaders.ts";

describe("the site's policy", () => {
  it("forbids by default and allows nothing but the site's own files", () => {
    const policy = contentSecurityPolicy();
    expect(policy).toMatch(/^default-src 'none'/);
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:|blob:/);
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("require-trusted-types-for 'script'");
  });

  it("lets the development server's own inline scripts in by a nonce only", () => {
    expect(contentSecurityPolicy({ nonce: "abc" })).toContain("script-src 'self' 'nonce-abc';");
  });
});
