import type { Message } from "./kit/message.ts";
import type { ShelfRules } from "./ranking/rank.ts";
import type { RuleBook } from "./ranking/ruleBook.ts";
import type { Strategy } from "./ranking/shelfRequest.ts";
import type { Catalog } from "./shop/catalog.ts";

/** The shop's rules for its shelves. */
export interface ShopRules {
  /** One sentence for each rule that matches no product. */
  readonly warnings: readonly Message[];
  /**
   * The shop's rules for a shelf, combined with those of its request.
   * @throws {FieldError} for a malformed rule of the request.
   */
  rulesOf(strategy: Strategy, own: unknown): Promise<ShelfRules | undefined>;
}

/**
 * Most shops have no rules, so the code that reads them is loaded only on demand.
 * @throws {FieldError} for a malformed rule.
 */
export async function openShopRules(rules: unknown, catalog: Catalog): Promise<ShopRules> {
  let ruleBook = rules === undefined ? undefined : await openRuleBook(rules, catalog);
  return {
    warnings: ruleBook?.warnings ?? [],
    async rulesOf(strategy, own) {
      if (own !== undefined) ruleBook ??= await openRuleBook([], catalog);
      return ruleBook?.rulesOf(strategy, own);
    },
  };
}

async function openRuleBook(rules: unknown, catalog: Catalog): Promise<RuleBook> {
  const { createRuleBook } = await import("./ranking/ruleBook.ts");
  return createRuleBook(rules, catalog);
}
