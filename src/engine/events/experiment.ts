import { productIdsOf, type ShopEvent, type Team } from "./shopEvent.ts";

/**
 * Whether the network serves this shopper better than a plain list, measured on this device: on some
 * shelves both take turns (`interleaving.ts`), and the shopper's actions on the cards are credited to the
 * side that chose them. Only cards that were new to the shopper decide: going back to a product would
 * prove any list right that repeats what was seen. Folded from the event log, so it is stored, shared
 * between tabs and erased with it.
 */
export interface Experiment {
  apply(event: ShopEvent): void;
  /** As of `at`, milliseconds since 1970. */
  statusAt(at: number): ExperimentStatus;
}

export interface ExperimentStatus {
  /** The side whose cards the "for you" shelf shows. */
  inUse: Team;
  /** Shelves whose comparison has ended. */
  compared: number;
  /** Comparisons won by each side with new finds; the others were ties, usually without any click. */
  wins: Record<Team, number>;
  /** Comparisons won with cards that the shopper knew when they were shown; they decide nothing. */
  returns: Record<Team, number>;
  /** Wins in the running test. */
  running: Record<Team, number>;
  /**
   * The running test's evidence for each side: an e-value, 1 at the start of a test. At `DECISIVE` the
   * test ends, that side is put in use, and the next test begins.
   */
  evidence: Record<Team, number>;
  /** The number of finished tests, and when the last one ended. */
  verdicts: number;
  decidedAt?: number;
}

/** Comparisons start after this many interactions, because half of a compared shelf is not personal. */
export const FIRST_EXPERIMENT_INTERACTIONS = 10;
/** A test puts a side that is not really better in use with a chance of at most 1 in this. */
export const DECISIVE = 20;
/** A comparison ends after this long without an event, the usual limit of a session. */
export const COMPARISON_GAP_MS = 30 * 60_000;

/** Credit that each kind of event gives to the side that chose the card. */
const CREDIT = { view: 1, wishlist: 2, cart: 3, purchase: 4, not_for_me: -4 };
/** Shares staked on each comparison: one suits small differences, the other clear ones. */
const STAKES = [0.3, 0.7];

interface Comparison {
  shelfId: string;
  cards: Map<string, Card>;
  /** Keyed by product and kind: a second view of a product adds no evidence. */
  credits: Map<string, Card & { worth: number }>;
  lastAt: number;
}

interface Card {
  team: Team;
  /** Whether the shopper knew it when the comparison first showed it. */
  isReturn: boolean;
}

/** @param isKnown whether the shopper has interacted with a product, by its id. */
export function createExperiment(isKnown: (productId: string) => boolean): Experiment {
  let experimentStatus = initialStatus();
  let open: Comparison[] = [];

  function closeDue(at: number): void {
    if (!open.some((comparison) => isOver(comparison, at))) return;
    experimentStatus = withClosed(experimentStatus, open, at);
    open = open.filter((comparison) => !isOver(comparison, at));
  }

  function show({ shelfId, placements, productIds, at }: ShopEvent & { type: "impression" }): void {
    if (shelfId === undefined || !placements?.some(({ team }) => team)) return;
    let comparison = open.find((other) => other.shelfId === shelfId);
    if (comparison === undefined) {
      comparison = { shelfId, cards: new Map(), credits: new Map(), lastAt: at };
      open.push(comparison);
    }
    comparison.lastAt = at;
    for (const [index, { team }] of placements.entries()) {
      const id = productIds[index]!;
      if (team && !comparison.cards.has(id))
        comparison.cards.set(id, { team, isReturn: isKnown(id) });
    }
  }

  function credit(productId: string, event: ShopEvent): void {
    const comparison = open.findLast(({ cards }) => cards.has(productId));
    const deed = deedOf(event);
    if (comparison === undefined || deed === undefined) return;
    const key = `${deed.kind} ${productId}`;
    const card = comparison.cards.get(productId)!;
    if (deed.isDone) comparison.credits.set(key, { ...card, worth: CREDIT[deed.kind] });
    else comparison.credits.delete(key);
    comparison.lastAt = event.at;
  }

  return {
    apply(event) {
      closeDue(event.at);
      if (event.type === "impression") show(event);
      else for (const productId of productIdsOf(event)) credit(productId, event);
    },
    statusAt: (at) => withClosed(experimentStatus, open, at),
  };
}

/** An action on a card, or its reversal. */
function deedOf(event: ShopEvent): { kind: keyof typeof CREDIT; isDone: boolean } | undefined {
  switch (event.type) {
    case "view":
    case "purchase":
      return { kind: event.type, isDone: true };
    case "wishlist":
      return { kind: "wishlist", isDone: event.saved };
    case "add_to_cart":
    case "remove_from_cart":
      return { kind: "cart", isDone: event.type === "add_to_cart" };
    case "not_for_me":
      return { kind: "not_for_me", isDone: event.hidden };
    default:
      return undefined;
  }
}

function isOver({ lastAt }: Comparison, at: number): boolean {
  return at - lastAt > COMPARISON_GAP_MS;
}

function initialStatus(): ExperimentStatus {
  return {
    inUse: "network",
    compared: 0,
    wins: { network: 0, baseline: 0 },
    returns: { network: 0, baseline: 0 },
    running: { network: 0, baseline: 0 },
    evidence: { network: 1, baseline: 1 },
    verdicts: 0,
  };
}

/** The status after all comparisons that have ended by then are counted. */
function withClosed(
  experimentStatus: ExperimentStatus,
  open: readonly Comparison[],
  at: number,
): ExperimentStatus {
  return open
    .filter((comparison) => isOver(comparison, at))
    .reduce((before, { credits, lastAt }) => {
      const [finds, returns] = [false, true].map((isReturn) => balanceOf(credits, isReturn));
      const counted = withResult(before, finds!, lastAt + COMPARISON_GAP_MS);
      return { ...counted, returns: withWin(counted.returns, returns!) };
    }, experimentStatus);
}

/** The network's credit for cards of this kind, minus the baseline's. */
function balanceOf(credits: Comparison["credits"], isReturn: boolean): number {
  let sum = 0;
  for (const credit of credits.values())
    if (credit.isReturn === isReturn)
      sum += credit.team === "network" ? credit.worth : -credit.worth;
  return sum;
}

function withWin(wins: Record<Team, number>, balance: number): Record<Team, number> {
  if (balance === 0) return wins;
  const winner = winnerOf(balance);
  return { ...wins, [winner]: wins[winner] + 1 };
}

function winnerOf(balance: number): Team {
  return balance > 0 ? "network" : "baseline";
}

/**
 * Counts one comparison by what was new in it.
 *
 * The test is a betting one, valid whenever it is checked: if a side is no better, it wins a decided
 * comparison with chance ½ at most, so a gambler who stakes a share λ of their money on it each time, Π
 * (1 ± λ), does not gain on average, and reaches 20 times the first stake with a chance of at most 1 in
 * 20 (Ville, 1939; Waudby-Smith and Ramdas, 2024). The evidence is the mean of several such gamblers.
 * @param balance the network's credit for new finds minus the baseline's.
 */
export function withResult(
  experimentStatus: ExperimentStatus,
  balance: number,
  at: number,
): ExperimentStatus {
  const compared = experimentStatus.compared + 1;
  if (balance === 0) return { ...experimentStatus, compared };
  const winner = winnerOf(balance);
  const wins = withWin(experimentStatus.wins, balance);
  const running = withWin(experimentStatus.running, balance);
  const evidence = {
    network: evidenceOf(running.network, running.baseline),
    baseline: evidenceOf(running.baseline, running.network),
  };
  const counted = { ...experimentStatus, compared, wins, running, evidence };
  if (evidence[winner] < DECISIVE) return counted;
  const { running: none, evidence: even } = initialStatus();
  const verdicts = experimentStatus.verdicts + 1;
  return { ...counted, running: none, evidence: even, inUse: winner, verdicts, decidedAt: at };
}

function evidenceOf(wins: number, losses: number): number {
  const fortunes = STAKES.map((stake) =>
    Math.exp(wins * Math.log1p(stake) + losses * Math.log1p(-stake)),
  );
  return fortunes.reduce((sum, fortune) => sum + fortune, 0) / STAKES.length;
}

/**
 * The share of shelves to compare: `usual`, rising with the (squared) evidence against the side in use up
 * to one half, so that doubt is settled quickly.
 */
export function effectiveShare({ inUse, evidence }: ExperimentStatus, usual: number): number {
  const doubt = evidence[inUse === "network" ? "baseline" : "network"];
  return Math.max(usual, Math.min(0.5, usual * doubt ** 2));
}
