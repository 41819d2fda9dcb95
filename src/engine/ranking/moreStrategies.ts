import { closestCategory, NEW_MS } from "../shop/catalog.ts";
import { similarProducts } from "./candidates.ts";
import { isAllowed } from "./rank.ts";
import { rebuyOf, urgency } from "./rebuy.ts";
import type { ShelfRequest, Strategy } from "./shelfRequest.ts";
import type { ShopperContext } from "./shopperContext.ts";
import {
  anchorAlone,
  atHand,
  type FIRST_STRATEGIES,
  poolFor,
  type ShelfExtras,
  type ShelfQuery,
  type StrategyRules,
  type StrategySources,
} from "./strategies.ts";

/** The strategies beside the first ones, loaded when a shelf asks for one. */
export const MORE_STRATEGIES: Record<
  Exclude<Strategy, keyof typeof FIRST_STRATEGIES>,
  StrategyRules
> = {
  /** Kin of the last product looked at and not bought, seen as if it were all there was. */
  "because-you-viewed": {
    anchor: lastViewed,
    needsAnchor: true,
    history: anchorAlone,
    rows: similarRows,
  },
  /** What the crowd's shoppers went to along with the product at hand, one of a kind, not its like. */
  "bought-together": {
    anchor: atHand,
    needsAnchor: true,
    history: anchorAlone,
    rows: companionRows,
    isOrdered: true,
  },
  /** Latest first. */
  "recently-viewed": { rows: recentRows, isOrdered: true, isStrict: true, extras: ownHistoryView },
  /** Used up by now, going by how long it usually lasts this shopper: due first. */
  "buy-again": { rows: dueRows, isOrdered: true, isStrict: true, extras: rebuyExtras },
  /** Of what suits this shopper, the reduced. */
  "on-sale": { rows: saleRows, isStrict: true },
  /** Products younger than `NEW_MS`. */
  new: { rows: newRows, isStrict: true },
};

function lastViewed(
  { catalog, history }: StrategySources,
  { productId }: ShelfRequest,
): number | undefined {
  const other = history.recent.find(({ row }) => {
    const isAtHand = catalog.products[row]!.id === productId;
    return !isAtHand && history.own.get(row)!.purchases === 0;
  });
  return other?.row;
}

function similarRows(
  _sources: StrategySources,
  _query: ShelfQuery,
  context: ShopperContext,
): Set<number> {
  return similarProducts(context);
}

/** The anchor's neighbors in the pack, strongest first, one a category and none of its own. */
function* companionRows(
  { catalog, pack, history }: StrategySources,
  { anchor, request }: ShelfQuery,
) {
  const taken = new Set([closestCategory(catalog, anchor!)]);
  for (let index = pack.starts[anchor!]!; index < pack.starts[anchor! + 1]!; index++) {
    const row = pack.neighbors[index]!;
    const category = closestCategory(catalog, row);
    if (taken.has(category) || !isAllowed(catalog, history, row, request.at)) continue;
    taken.add(category);
    yield row;
  }
}

/** Products the shopper turned to, latest first. */
function recentRows({ history }: StrategySources): number[] {
  const visited = [...history.own].filter(([, product]) => product.visits > 0);
  visited.sort(([, left], [, right]) => right.lastInteraction - left.lastInteraction);
  return visited.map(([row]) => row);
}

function dueRows({ catalog, history }: StrategySources, { request }: ShelfQuery): number[] {
  const due = [...history.own.keys()].flatMap((row) => {
    const rebuy = rebuyOf(history, catalog, row);
    return rebuy === undefined ? [] : [{ row, urgency: urgency(rebuy, request.at) }];
  });
  return due.sort((left, right) => right.urgency - left.urgency).map(({ row }) => row);
}

function rebuyExtras({ catalog, history }: StrategySources, row: number): ShelfExtras {
  const rebuy = rebuyOf(history, catalog, row);
  return rebuy === undefined ? {} : { rebuy };
}

function ownHistoryView({ catalog, history }: StrategySources, row: number): ShelfExtras {
  const { visits, purchases } = history.own.get(row)!;
  const because = catalog.products[row]!.id;
  return { reason: { input: "ownHistory", because, visits, purchases } };
}

function saleRows(sources: StrategySources, query: ShelfQuery, context: ShopperContext): number[] {
  const { products } = sources.catalog;
  return [...poolFor(sources, query, context)].filter(
    (row) => products[row]!.listPriceMinor !== undefined,
  );
}

/** From the whole catalog: what is new has no crowd to bring it among the candidates. */
function newRows({ catalog: { addedAt } }: StrategySources, { request }: ShelfQuery): number[] {
  const rows: number[] = [];
  addedAt.forEach((added, row) => {
    if (request.at - added < NEW_MS) rows.push(row);
  });
  return rows;
}
