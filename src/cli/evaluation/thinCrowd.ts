import { createRandom } from "../../engine/kit/random.ts";
import type { LogRow } from "../logs/logRow.ts";
import type { Trial } from "./trial.ts";

/**
 * The same questions in a smaller shop: a share of the crowd's shoppers, drawn by chance, with all of
 * their sessions. The shoppers of a smaller share are among those of a larger one, as in a shop that
 * grows. What the shoppers asked about did themselves stays known.
 */
export function thinCrowd(trial: Trial, share: number, seed = 1): Trial {
  const random = createRandom(seed);
  const draws = new Map<string, number>();
  for (const session of trial.crowd) {
    const shopper = shopperOf(session);
    if (!draws.has(shopper)) draws.set(shopper, random.next());
  }
  const isKept = (session: readonly LogRow[]) => draws.get(shopperOf(session))! < share;
  return { ...trial, crowd: trial.crowd.filter(isKept), early: trial.early.filter(isKept) };
}

function shopperOf([first]: readonly LogRow[]): string {
  return first!.userId || first!.sessionId;
}
