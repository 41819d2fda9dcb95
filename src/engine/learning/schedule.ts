/**
 * The only rule for retraining: the shopper pauses for `IDLE_MS` after `FIRST_INTERACTIONS` interactions
 * since the start or the last training, and the total is at least `GROWTH` above what the last training
 * knew. Otherwise only `train()` starts a training.
 */
export const FIRST_INTERACTIONS = 6;
export const GROWTH = 0.2;
export const IDLE_MS = 1200;

/** @param interactions the total. @param known the total at the last training; 0 before the first. */
export function isDue(interactions: number, known: number): boolean {
  const fresh = interactions - known;
  return fresh >= FIRST_INTERACTIONS && fresh >= GROWTH * known;
}
