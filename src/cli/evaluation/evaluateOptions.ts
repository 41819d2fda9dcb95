import type { Network } from "../../engine/network/network.ts";
import type { Shop } from "./replaySession.ts";
import type { SystemName } from "./system.ts";
import type { LogVisit, TrialOptions } from "./trial.ts";

/** The queries and systems of an evaluation. */
export interface EvaluateOptions extends TrialOptions {
  /** Whether our systems use the crowd's knowledge. */
  hasPack: boolean;
  systems: ReadonlySet<SystemName>;
  /** Pairs of products from fewer shoppers are left out of the pack. */
  floor: number;
  /**
   * Repeats the network's queries in a browser. Rejects if ranks differ; otherwise resolves with the
   * number of queries.
   */
  repeatInBrowser?: RepeatInBrowser | undefined;
  /** Called when a system starts; without it nothing is reported. */
  onProgress?: OnProgress | undefined;
}

export type RepeatInBrowser = (
  shop: Shop,
  network: Network,
  visits: readonly LogVisit[],
) => Promise<number>;

/** @param total the number of visits in a step. */
export type OnProgress = (label: string, total: number) => StepProgress;

export interface StepProgress {
  /** A visit is done. */
  advance(): void;
  /** @param note the step's result in a few words. */
  done(note: string): void;
}

export const SILENT: OnProgress = () => ({ advance() {}, done() {} });
