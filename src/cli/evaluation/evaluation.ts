import type { BasketPeer } from "./basketPeers.ts";
import type { BasketFigures, BasketTally } from "./baskets.ts";
import type { PastRow } from "./byPast.ts";
import type { ReliabilityRow } from "./calibration.ts";
import type { Carried } from "./carryOver.ts";
import { bootstrap, type Figures, figuresOf, type Interval } from "./figures.ts";
import type { Measured } from "./measure.ts";
import type { SystemName } from "./system.ts";

/** A system's outcome. */
export interface Result {
  name: SystemName;
  measured: Measured;
  figures: Figures;
  intervals: Record<keyof Figures, Interval>;
  parameters?: string;
}

export function resultOf(name: SystemName, measured: Measured, parameters?: string): Result {
  const figures = figuresOf(measured.tallies);
  const intervals = bootstrap(measured.tallies, figuresOf);
  return { name, measured, figures, intervals, ...(parameters && { parameters }) };
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
  /** Figures of the network with one input zeroed. */
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
