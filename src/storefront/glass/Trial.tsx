import type { ExperimentStatus } from "vitrine";
import { DECISIVE } from "vitrine/inspect";
import { day, decimal } from "../language/format.ts";
import { useEngine } from "../ShopContext.tsx";
import { Facts } from "./Facts.tsx";
import glass from "./GlassRoom.module.css";
import { glassTexts } from "./texts.ts";

/** How the network compares, for this shopper, with a plain list of popular and recent products. */
export function Trial() {
  const { status } = useEngine();
  const { trial: texts } = glassTexts();
  return (
    <section className={glass.section} aria-labelledby="trial">
      <h3 id="trial">{texts.title}</h3>
      <p className="soft">{texts.lead(DECISIVE)}</p>
      {status && <Facts facts={factsOf(status.experiment)} />}
    </section>
  );
}

function factsOf({ inUse, compared, wins, returns, evidence, ...tests }: ExperimentStatus) {
  const { trial: texts } = glassTexts();
  const { verdicts, decidedAt } = tests;
  const last = decidedAt === undefined ? "" : texts.decidedOn(day(decidedAt));
  return [
    [texts.inUse, texts.sides[inUse]],
    [
      texts.compared,
      compared === 0 ? texts.untested : texts.won(compared, wins.network, wins.baseline),
    ],
    [texts.returns, texts.wentBack(returns.network, returns.baseline)],
    [
      texts.evidence,
      texts.bets(decimal(evidence.network, 2), decimal(evidence.baseline, 2), DECISIVE),
    ],
    [texts.verdicts, `${verdicts}${last}`],
  ] as const;
}
