import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "./securityHeaders.ts";

describe("the site's policy", () => {
  it("forbids everything by default and allows only the site's own files", () => {
    const policy = contentSecurityPolicy();
    expect(policy).toMatch(/^default-src 'none'/);
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:|blob:/);
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("require-trusted-types-for 'script'");
  });

  it("allows the development server's own inline scripts only by a nonce", () => {
    expect(contentSecurityPolicy({ nonce: "abc" })).toContain("script-src 'self' 'nonce-abc';");
  });
});
