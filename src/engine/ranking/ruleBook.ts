import type { Message } from "../kit/message.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { ShelfRules } from "./rank.ts";
import { compileRules, idleRules, parseRules, rulesFor } from "./rules.ts";
import { STRATEGIES, type Strategy } from "./shelfRequest.ts";

/** A shop's rules for all shelves, compiled once for each strategy. */
export interface RuleBook {
  /** One plain sentence for each rule that matches no product. */
  readonly warnings: readonly Message[];
  /**
   * The rules for a shelf: the shop's own, and those of its request.
   * @throws {FieldError} for a malformed rule of the request.
   */
  rulesOf(strategy: Strategy, own?: unknown): ShelfRules | undefined;
}

/** @throws {FieldError} for a malformed rule. */
export function createRuleBook(value: unknown, catalog: Catalog): RuleBook {
  const shopRules = parseRules(value, STRATEGIES);
  const byStrategy = new Map<Strategy, ShelfRules | undefined>();
  return {
    warnings: idleRules(shopRules, catalog),
    rulesOf(strategy, own = []) {
      const rules = parseRules(own, STRATEGIES);
      if (rules.length > 0)
        return compileRules(rulesFor([...shopRules, ...rules], strategy), catalog);
      if (!byStrategy.has(strategy)) {
        byStrategy.set(strategy, compileRules(rulesFor(shopRules, strategy), catalog));
      }
      return byStrategy.get(strategy);
    },
  };
}
