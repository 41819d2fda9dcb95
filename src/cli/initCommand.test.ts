import { describe, expect, it } from "vitest";
import { runVitrine } from "../testing/runVitrine.ts";
import type { CommandQuestions } from "./commandQuestions.ts";
import { vitrine } from "./vitrine.ts";

/** Runs `vitrine init` with these answers; returns questions and output. */
async function answer(answers: string[], ...args: string[]) {
  const asked: string[] = [];
  let out = "";
  const next = (question: string) => {
    asked.push(question);
    return answers[asked.length - 1]!;
  };
  const questions: CommandQuestions = {
    choose: async <Choice extends string>(question: string) => next(question) as Choice,
    write: async (question) => next(question),
  };
  const io = { out: (text: string) => (out += text), err() {}, questions };
  expect(await vitrine(["init", ...args], io)).toBe(0);
  return { asked, out };
}

describe("vitrine init", () => {
  it("asks five questions and prints the snippet for the answers", async () => {
    const answers = ["woocommerce", "https://cdn.example/v", "/data/c.json", "none", "required"];
    const { asked, out } = await answer(answers);
    expect(asked).toHaveLength(5);
    expect(out).toContain('<script async src="https://cdn.example/v/vitrine.js"');
    expect(out).toContain('data-catalog="/data/c.json" data-consent="required"></script>');
    expect(out).toContain("wp-json/wc/store/v1/products");
    expect(out).toContain("worker-src blob: https://cdn.example");
    expect(out).not.toContain("data-pack");
  });

  it("asks only the questions that no option answers", async () => {
    const { asked } = await answer(
      ["/c.json", "none"],
      "--platform",
      "shopify",
      "--files",
      "/v",
      "--consent",
      "auto",
    );
    expect(asked).toHaveLength(2);
  });

  it("uses the defaults without a terminal", async () => {
    const { exitCode, out } = await runVitrine("init", "--json");
    expect(exitCode).toBe(0);
    const { snippet, shelf, policy } = JSON.parse(out);
    expect(snippet).toContain('data-catalog="/catalog.json" data-pack="/pack.bin"');
    expect(shelf).toBe('<vitrine-shelf strategy="for-you" limit="8"></vitrine-shelf>');
    expect(policy).toContain("worker-src 'self'");
  });

  it("prints the wrapper for React and the section for Shopify", async () => {
    const react = await runVitrine("init", "--platform", "react", "--yes");
    expect(react.out).toContain(
      '<RecommendationProvider catalog="/catalog.json" pack="/pack.bin">',
    );
    expect(react.out).not.toContain("<script");
    expect(react.out).not.toContain("doctor"); // It looks for the tag.
    const shopify = await runVitrine("init", "--platform", "shopify", "--yes");
    expect(shopify.out).toContain("docs/shopify/vitrine-shelf.liquid");
  });

  it("uses the product lists that Shopify and WooCommerce publish", async () => {
    const shopify = JSON.parse((await runVitrine("init", "--platform", "shopify", "--json")).out);
    expect(shopify.snippet).toBe(
      `<link rel="stylesheet" href="{{ 'vitrine.css' | asset_url }}">
<script async src="{{ 'vitrine.js' | asset_url }}"
  data-catalog="/products.json?limit=250" data-currency="{{ shop.currency }}"></script>`,
    );
    expect(shopify.policy).toContain("worker-src 'self'");
    const woo = await runVitrine("init", "--platform", "woocommerce", "--yes");
    expect(woo.out).toContain(
      'data-catalog="/wp-json/wc/store/v1/products?per_page=100"></script>',
    );
    const own = await runVitrine("init", "--platform", "shopify", "--catalog", "/c.json", "--yes");
    expect(own.out).not.toContain("data-currency");
    expect(own.out).toContain("Make the catalog");
  });

  it("rejects invalid values by name, with exit code 2", async () => {
    const relative = await runVitrine("init", "--catalog", "catalog.json");
    expect(relative.exitCode).toBe(2);
    expect(relative.errors).toContain("Expected a path such as /catalog.json");
    const unknown = await runVitrine("init", "--platform", "magento");
    expect([unknown.exitCode, unknown.errors]).toEqual([2, expect.stringContaining("shopify")]);
  });
});
