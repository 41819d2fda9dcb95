import { collectExamples } from "../../src/engine/examples.ts";
import { FIRST_TURNS, GROWTH } from "../../src/engine/learner.ts";
import type { Network } from "../../src/engine/network.ts";
import { createRandom } from "../../src/engine/random.ts";
import { plainTrainer } from "../../src/engine/trainer/plain.ts";
import { trainPersonal } from "../../src/engine/trainer/trainPersonal.ts";
import { eventOf, type LogRow } from "../../src/merchant/logRow.ts";
import { byNetwork, engineSystem } from "./engineSystem.ts";
import type { Shop } from "./followVisit.ts";
import type { System } from "./system.ts";
import type { Visit } from "./trial.ts";

/**
 * The network each shopper would have by then: trained on their own past as the learner trains it, again
 * within the visit whenever the learner's rule says so; the prior where it does not.
 */
export function personalSystem(shop: Shop, prior: Network, seed = 1): System {
  return async (visit) => {
    const due = trainingSteps(visit);
    const networks = new Map<number, readonly Network[]>();
    for (const step of due) {
      networks.set(step, await trainOn([...visit.past, ...visit.session.slice(0, step)]));
    }
    let inUse: readonly Network[] = [prior];
    const rank = engineSystem(shop, (inputs) => byNetwork(...inUse)(inputs))(visit);
    const rankNow = await rank;
    return (step) => {
      const latest = due.findLast((at) => at <= step);
      if (latest !== undefined) inUse = networks.get(latest)!;
      return rankNow(step);
    };
  };

  async function trainOn(rows: readonly LogRow[]): Promise<readonly Network[]> {
    const events = rows.map(eventOf);
    const sources = { ...shop, random: createRandom(seed) };
    const examples = collectExamples(events, sources, { now: events.at(-1)!.at });
    if (examples.size === 0) return [prior];
    const { networks } = await trainPersonal(examples, { prior, seed }, [plainTrainer]);
    return networks;
  }
}

/** Steps before which a training is due: enough turns for the first, then when they have grown. */
export function trainingSteps({ past, session }: Visit): number[] {
  const steps: number[] = [];
  let known = 0;
  for (let step = 0; step < session.length; step++) {
    const turns = past.length + step;
    if (turns - known < FIRST_TURNS || turns - known < GROWTH * known) continue;
    steps.push(step);
    known = turns;
  }
  return steps;
}
