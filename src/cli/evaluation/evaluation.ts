import type { BasketPeer } from "./basketPeers.ts";
import type { BasketFigures, BasketTally } from "./baskets.ts";
import type { PastRow } from "./byPast.ts";
import type { ReliabilityRow } from "./calibration.ts";
import type { Carried } from "./carryOver.ts";
import { type Answer, bootstrap, type Figures, figuresOf, type Interval } from "./figures.ts";
import type { Measured } from "./measure.ts";
import type { ReturnRow } from "./returning.ts";
import type { SystemName } from "./system.ts";
import type { Unseen } from "./unseen.ts";

/** A system's outcome. */
export interface Result {
  name: SystemName;
  measured: Measured;
  figures: Figures;
  intervals: Record<keyof Figures, Interval>;
  /** Share of cards changed between two visits a day apart, nothing clicked in between. */
  cardChange: number;
  parameters?: string;
}

/** A system asked the same with a share of the crowd. */
export interface CrowdRow {
  share: number;
  sessions: number;
  results: { name: SystemName; answers: Answer[][] }[];
}

export function resultOf(
  { name, parameters }: { name: SystemName; parameters?: string },
  measured: Measured,
  cardChange: number,
): Result {
  const figures = figuresOf(measured.tallies);
  const intervals = bootstrap(measured.tallies, figuresOf);
  return { name, measured, figures, intervals, cardChange, ...(parameters && { parameters }) };
}

export interface BasketResult {
  name: SystemName | BasketPeer;
  tallies: BasketTally[];
  figures: BasketFigures;
  intervals: Record<keyof BasketFigures, Interval>;
  parameters?: string;
}

/** The results of weights trained on this shop, or on others. */
export interface CarriedRow {
  trainedOn: Carried["trainedOn"];
  figures: Figures;
}

export interface Baskets {
  results: BasketResult[];
  personal: PastRow<keyof BasketFigures>[];
}

export interface EvaluationResult {
  title: string;
  /** A sentence that describes the queries. */
  setting: string;
  results: Result[];
  /** Of the peers asked, the best on the crowd's last tenth. */
  bestPeer: SystemName | undefined;
  unseen: Unseen;
  /** Own products on the network's shelf beside the chance of going back. */
  returning: ReturnRow[];
  /** Calibration error of the chances of going back. */
  returnError: number;
  /** The same questions as the shop grows, where shares of the crowd were given. */
  crowds: CrowdRow[];
  /** Figures of the network with one input silenced. */
  ablation: { name: string; figures: Figures }[];
  reliability: ReliabilityRow[];
  personal: PastRow<keyof Figures>[];
  /** Present if logs of other shops were given. */
  carried: CarriedRow[];
  /** The number of queries that Chromium ranked the same, if it was asked. */
  queriesInBrowser?: number;
  /** Present only for logs with users and purchases. */
  baskets?: Baskets;
}
