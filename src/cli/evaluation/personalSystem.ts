import { createRandom } from "../../engine/kit/random.ts";
import { collectExamples } from "../../engine/learning/examples.ts";
import { plainTrainer } from "../../engine/learning/plain.ts";
import { FIRST_INTERACTIONS, GROWTH } from "../../engine/learning/schedule.ts";
import { trainPersonal } from "../../engine/learning/trainPersonal.ts";
import type { Network } from "../../engine/network/network.ts";
import { eventOf, type LogRow } from "../logs/logRow.ts";
import { byNetwork, engineSystem } from "./engineSystem.ts";
import type { Shop } from "./replaySession.ts";
import type { System } from "./system.ts";

/**
 * The network that each shopper would have at that time: trained on their own history whenever the
 * learner's rule required it, also within the visit; before the first training it is the prior. A
 * shopper's network after some interaction is the same for all of their visits.
 */
export function personalSystem(shop: Shop, prior: Network, seed = 1): System {
  const known = new Map<string, Promise<readonly Network[]>>();
  return async (visit) => {
    const { history, session } = visit;
    const rows = [...history, ...session];
    const atStart = trainingsUpTo(history.length).at(-1) ?? 0;
    const inUse: { fromStep: number; networks: readonly Network[] }[] = [];
    for (const interactions of trainingsUpTo(rows.length - 1).filter(
      (interactions) => interactions >= atStart,
    )) {
      const networks = await trainedOn(rows.slice(0, interactions));
      inUse.push({ fromStep: interactions - history.length, networks });
    }
    let now: readonly Network[] = [prior];
    const rank = await engineSystem(shop, (inputs) => byNetwork(...now)(inputs))(visit);
    return (step) => {
      now = inUse.findLast(({ fromStep }) => fromStep <= step)?.networks ?? [prior];
      return rank(step);
    };
  };

  function trainedOn(rows: readonly LogRow[]): Promise<readonly Network[]> {
    const { userId } = rows[0]!;
    if (userId === "") return train(rows);
    const key = `${rows.length} ${userId}`;
    const networks = known.get(key) ?? train(rows);
    known.set(key, networks);
    return networks;
  }

  async function train(rows: readonly LogRow[]): Promise<readonly Network[]> {
    const events = rows.map(eventOf);
    const sources = { ...shop, random: createRandom(seed) };
    const examples = collectExamples(events, sources, { now: events.at(-1)!.at });
    if (examples.size === 0) return [prior];
    const { networks } = await trainPersonal(examples, { prior, seed }, [plainTrainer]);
    return networks;
  }
}

/** The numbers of interactions after which the learner trains, by `schedule.ts`; at most `most`. */
export function trainingsUpTo(max: number): number[] {
  const trainings: number[] = [];
  let next = FIRST_INTERACTIONS;
  while (next <= max) {
    trainings.push(next);
    next += Math.max(FIRST_INTERACTIONS, Math.ceil(GROWTH * next));
  }
  return trainings;
}
