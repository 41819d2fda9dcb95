import { bgNbdLogLikelihood } from "../../engine/value/bgNbd.ts";
import { DAY_MS } from "../../engine/value/orderLedger.ts";
import type { ValueEvaluation, ValueFigures, ValueWindow } from "./evaluateValue.ts";
import { heldOutShoppers, type OrderBook } from "./orderBook.ts";
import { atLeast, atMost, better, type Target, within } from "./target.ts";

/** A window of a log, and its targets. */
export interface ValueStudy extends ValueWindow {
  name: string;
  targetsOf?: (evaluation: ValueEvaluation, book: OrderBook) => Target[];
}

const WEEKS_13 = 91;
const WEEKS_52 = 364;

/** The public logs measured so far, by the prefix of their names. */
const STUDIES: Record<string, readonly ValueStudy[]> = {
  "cdnow-sample": [{ ...windowOf("1997-09-30", 273), name: "39 weeks", targetsOf: cdnowTargets }],
  "cdnow-master": [{ ...windowOf("1997-09-30", 273), name: "39 weeks" }],
  "online-retail-2009-2011": [
    {
      ...windowOf("2011-09-08", WEEKS_13),
      name: "13 weeks of autumn",
      targetsOf: ({ figures: [ours] }) => [
        atLeast("orders, rank correlation", ours!.rho, 0.58),
        atMost("orders, |bias|", Math.abs(ours!.bias!), 0.1),
        atLeast("value held by the top tenth", ours!.topTenth, 0.51),
        atLeast("comes back, AUC", ours!.auc, 0.8),
        atMost("comes back, Brier score", ours!.brier!, 0.18),
        atMost("comes back, ECE", ours!.ece!, 0.02),
      ],
    },
    {
      ...windowOf("2011-05-31", WEEKS_13),
      name: "13 weeks of summer",
      targetsOf: ({ figures: [ours] }) => [
        atLeast("orders, rank correlation", ours!.rho, 0.58),
        atMost("orders, mean absolute error", ours!.mae!, 0.56),
        atMost("orders, |bias|", Math.abs(ours!.bias!), 0.1),
        atLeast("value held by the top tenth", ours!.topTenth, 0.51),
        atLeast("comes back, AUC", ours!.auc, 0.825),
        atMost("comes back, Brier score", ours!.brier!, 0.154),
        atMost("comes back, ECE", ours!.ece!, 0.02),
      ],
    },
    {
      ...windowOf("2010-12-01", WEEKS_52),
      name: "52 weeks",
      targetsOf: ({ figures: [ours] }) => [
        atMost("orders, mean absolute error", ours!.mae!, 1.9),
        atMost("orders, |bias|", Math.abs(ours!.bias!), 0.1),
      ],
    },
    ...["2011-09-08", "2011-05-31"].map((date) => ({
      ...windowOf(date, 28),
      name: "28 days",
      targetsOf: ({ figures: [ours] }: ValueEvaluation) => [
        atMost("comes back, ECE", ours!.ece!, 0.02),
      ],
    })),
  ],
  "online-retail-2010-2011-units": [
    {
      ...windowOf("2011-09-08", WEEKS_13),
      name: "13 weeks of autumn, money",
      targetsOf: ({ figures: [ours, , ...baselines] }) => [
        better("value, rank correlation", ours!.valueRho, { others: each(baselines, "valueRho") }),
        better("value held by the top tenth", ours!.topTenth, {
          others: each(baselines, "topTenth"),
        }),
        better("value, mean absolute error", ours!.valueMae!, {
          others: each(baselines, "valueMae"),
          isError: true,
        }),
        better("comes back, AUC", ours!.auc, { others: each(baselines, "auc") }),
      ],
    },
  ],
};

/** The studies of a known log; for any other log, its last 13 weeks. */
export function valueStudiesOf(name: string, book: OrderBook): readonly ValueStudy[] {
  return (
    STUDIES[name] ?? [{ name: "the last 13 weeks", today: book.lastDay - WEEKS_13, days: WEEKS_13 }]
  );
}

function windowOf(date: string, days: number): ValueWindow {
  return { today: Date.parse(`${date}T00:00:00Z`) / DAY_MS, days };
}

function each(figures: readonly ValueFigures[], name: keyof ValueFigures): number[] {
  return figures.map((own) => own[name]).filter((value) => typeof value === "number");
}

/** Published: r, α, a, b and the log-likelihood (Fader, Hardie and Lee, 2005); p, q, v (2013). */
function cdnowTargets(evaluation: ValueEvaluation, book: OrderBook): Target[] {
  const { bgNbd, gammaGamma } = evaluation.model;
  const [ours, plain] = evaluation.figures;
  const shoppers = heldOutShoppers(book, { today: evaluation.window.today, days: 0 });
  const likelihood = shoppers.reduce(
    (sum, { summary }) => sum + bgNbdLogLikelihood(bgNbd, summary),
    0,
  );
  return [
    within("BG/NBD r", bgNbd.r, [0.243, 0.0005]),
    within("BG/NBD α", bgNbd.alpha, [4.414, 0.0005]),
    within("BG/NBD a", bgNbd.a, [0.793, 0.0005]),
    within("BG/NBD b", bgNbd.b, [2.426, 0.0005]),
    within("BG/NBD log-likelihood", likelihood, [-9582.4, 0.05]),
    within("gamma-gamma p", gammaGamma.p, [6.25, 0.005]),
    within("gamma-gamma q", gammaGamma.q, [3.74, 0.005]),
    within("gamma-gamma v", gammaGamma.v, [15.44, 0.01]),
    within("orders by BG/NBD, correlation", plain!.r, [0.626, 0.002]),
    atLeast("value, correlation", ours!.valueR, 0.57),
  ];
}
