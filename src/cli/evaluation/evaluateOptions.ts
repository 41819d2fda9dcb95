import type { Network } from "../../engine/network/network.ts";
import type { Shop } from "./replaySession.ts";
import type { SystemName } from "./system.ts";
import type { LogVisit, TrialOptions } from "./trial.ts";

/** What an evaluation asks, and of which systems. */
export interface EvaluateOptions extends TrialOptions {
  /** Ours with the crowd's knowledge. */
  hasPack: boolean;
  systems: ReadonlySet<SystemName>;
  /** Pairs of products from fewer shoppers stay out of the pack. */
  floor: number;
  /** Shares of the crowd's shoppers to repeat the questions with; in (0, 1]. */
  crowd: readonly number[];
  /** Repeats the network's queries in a browser; rejects where ranks differ, else their number. */
  repeatInBrowser?: RepeatInBrowser | undefined;
  /** Called as a system begins; absent: nothing is reported. */
  onProgress?: OnProgress | undefined;
}

export type RepeatInBrowser = (
  shop: Shop,
  network: Network,
  visits: readonly LogVisit[],
) => Promise<number>;

/** @param total visits that a step goes through. */
export type OnProgress = (label: string, total: number) => StepProgress;

export interface StepProgress {
  /** A visit is done. */
  advance(): void;
  /** @param note the step's result in a few words. */
  done(note: string): void;
}

export const SILENT: OnProgress = () => ({ advance() {}, done() {} });
