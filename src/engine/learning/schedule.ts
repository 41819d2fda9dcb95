/**
 * When the network is retrained; nothing else retrains it. The shopper pauses for `IDLE_MS`, having
 * interacted `FIRST_INTERACTIONS` times since the start or the last training, and at least `GROWTH` more
 * often in all than the last training knew. Or a caller asks for it with `train()`.
 */
export const FIRST_INTERACTIONS = 6;
export const GROWTH = 0.2;
export const IDLE_MS = 1200;

/** @param interactions in all. @param known interactions that the last training learned from; 0 before it. */
export function isDue(interactions: number, known: number): boolean {
  const fresh = interactions - known;
  return fresh >= FIRST_INTERACTIONS && fresh >= GROWTH * known;
}
