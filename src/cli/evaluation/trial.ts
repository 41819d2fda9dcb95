import type { Catalog } from "../../engine/shop/catalog.ts";
import type { LogRow } from "../logs/logRow.ts";
import { LogError } from "../logs/readShopLog.ts";
import { catalogOf, sessionsOf } from "../logs/shopLog.ts";

/** A session with its shopper's earlier history. */
export interface LogVisit {
  /** Earlier rows of the same shopper, oldest first; empty if the log has no user ids. */
  history: readonly LogRow[];
  session: readonly LogRow[];
}

/** A log split into a crowd to learn from, and later visits as queries. */
export interface Trial {
  catalog: Catalog;
  /** Sessions the systems may know, oldest first. */
  crowd: LogRow[][];
  /** The crowd without its last tenth, and visits from that tenth: for choosing parameters. */
  early: LogRow[][];
  tuning: LogVisit[];
  /** Visits after the crowd; each step of each is a query. */
  tested: LogVisit[];
  /** The number of visits before sampling down to `maxQueries`. */
  available: number;
  /**
   * Visits after the crowd with a purchase by a shopper with a history, and such visits for choosing
   * parameters.
   */
  baskets: LogVisit[];
  tuningBaskets: LogVisit[];
}

export interface TrialOptions {
  /** Share of the sessions that make up the crowd, the earlier ones. */
  split: number;
  /** Tested visits are sampled evenly down to about this many queries. */
  maxQueries: number;
}

/** Share of the crowd for choosing parameters, the latest sessions. */
const TUNING_SHARE = 0.1;
const TUNING_QUERIES = 800;
const TUNING_BASKETS = 200;
const MAX_BASKETS = 300;

/** Splits one log by time. @throws {LogError} if either side would be empty. */
export function trialOf(rows: readonly LogRow[], options: TrialOptions): Trial {
  const sessions = inOrder(rows);
  const cut = Math.floor(sessions.length * options.split);
  const parts = { crowd: sessions.slice(0, cut), later: sessions.slice(cut) };
  return trial(rows, parts, options.maxQueries);
}

/** Uses two logs: the whole first one is the crowd, the whole second one is tested. */
export function trialAcross(
  train: readonly LogRow[],
  test: readonly LogRow[],
  { maxQueries }: TrialOptions,
): Trial {
  const parts = { crowd: inOrder(train), later: inOrder(test) };
  return trial([...train, ...test], parts, maxQueries);
}

function trial(
  rows: readonly LogRow[],
  { crowd, later }: { crowd: LogRow[][]; later: LogRow[][] },
  maxQueries: number,
): Trial {
  const visits = visitsOf(crowd, later);
  const asked = visits.filter(({ session }) => queriesIn(session) > 0);
  if (crowd.length === 0 || asked.length === 0) {
    throw new LogError(
      `the log leaves ${crowd.length} sessions to learn from and ${asked.length} to ask about ` +
        "(with a second product in them), expected at least one of each",
    );
  }
  const early = crowd.slice(0, Math.ceil(crowd.length * (1 - TUNING_SHARE)));
  const tuning = visitsOf(early, crowd.slice(early.length));
  const late = tuning.filter(({ session }) => queriesIn(session) > 0);
  return {
    catalog: catalogOf(rows),
    crowd,
    early,
    tuning: thinned(late, TUNING_QUERIES),
    tested: thinned(asked, maxQueries),
    available: asked.length,
    baskets: some(visits.filter(hasNextBasket), MAX_BASKETS),
    tuningBaskets: some(tuning.filter(hasNextBasket), TUNING_BASKETS),
  };
}

/** Sessions by the time of their first event; ties are in the order of the log's lines. */
function inOrder(rows: readonly LogRow[]): LogRow[][] {
  const byTime = rows.toSorted((left, right) => left.at - right.at);
  return sessionsOf(byTime);
}

function visitsOf(before: readonly LogRow[][], sessions: readonly LogRow[][]): LogVisit[] {
  const pasts = new Map<string, LogRow[]>();
  for (const session of before) remember(pasts, session);
  return sessions.map((session) => {
    const history = [...(pasts.get(session[0]!.userId) ?? [])];
    remember(pasts, session);
    return { history, session };
  });
}

function remember(pasts: Map<string, LogRow[]>, session: readonly LogRow[]): void {
  const { userId } = session[0]!;
  if (userId === "") return;
  const history = pasts.get(userId);
  if (history) history.push(...session);
  else pasts.set(userId, [...session]);
}

/** Whether `step` is a query: its product must differ from the current one. */
export function isQuery(session: readonly LogRow[], step: number): boolean {
  return step > 0 && session[step]!.productId !== session[step - 1]!.productId;
}

export function queriesIn(session: readonly LogRow[]): number {
  return session.filter((_, step) => isQuery(session, step)).length;
}

/** The distinct products bought in a session. */
export function basketOf({ session }: LogVisit): Set<string> {
  const bought = session.filter(({ type }) => type === "purchase");
  return new Set(bought.map(({ productId }) => productId));
}

/** Whether a visit is a next-basket query: a shopper with a history buys something. */
function hasNextBasket(visit: LogVisit): boolean {
  return visit.history.length > 0 && basketOf(visit).size > 0;
}

/** Evenly spaced whole visits with about `most` queries among them. */
function thinned(visits: readonly LogVisit[], max: number): LogVisit[] {
  const queries = visits.reduce((sum, { session }) => sum + queriesIn(session), 0);
  return some(visits, (visits.length * max) / Math.max(1, queries));
}

/** About `most` evenly spaced visits. */
export function some(visits: readonly LogVisit[], max: number): LogVisit[] {
  const every = Math.max(1, Math.ceil(visits.length / max));
  return visits.filter((_, index) => index % every === 0);
}
