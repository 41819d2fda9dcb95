import type { Reliability, ReliabilityBin } from "vitrine";
import { percent } from "../language/format.ts";
import { useEngine } from "../ShopContext.tsx";
import { useHistory } from "../state/useHistory.ts";
import styles from "./CalibrationPlot.module.css";
import glass from "./GlassRoom.module.css";
import { glassTexts } from "./texts.ts";

const SIDE = 320;
const MARGIN = 48;

/** Predicted probabilities of the shopper's own shown cards against the observed outcomes. */
export function CalibrationPlot() {
  const found = useHistory((recommender) => recommender.reliability());
  const { calibration: texts } = glassTexts();
  return (
    <section className={glass.section} aria-labelledby="calibration">
      <h2 id="calibration">{texts.title}</h2>
      <p className={glass.lead}>{texts.lead}</p>
      {found === undefined && <p role="status">{texts.counting}</p>}
      {found?.cards === 0 && <p data-calibration="empty">{texts.none}</p>}
      {found && found.cards > 0 && <Plot {...found} />}
    </section>
  );
}

function Plot({ cards, interactedWith, inUse, crowd }: Reliability) {
  const { status } = useEngine();
  const { calibration: texts } = glassTexts();
  const isPersonal = status?.network === "personal";
  return (
    <>
      <p>
        {texts.counts(cards, interactedWith)} {isPersonal && texts.flattered}
      </p>
      <figure className={styles.figure}>
        <Drawing inUse={inUse} crowd={isPersonal ? crowd : []} />
        <figcaption className={styles.legend}>
          <span className={styles.inUseKey}>{isPersonal ? texts.inUse : texts.crowd}</span>
          {isPersonal && <span className={styles.crowdKey}>{texts.crowd}</span>}
          <span className={styles.idealKey}>{texts.ideal}</span>
        </figcaption>
      </figure>
      <details data-calibration="table">
        <summary>{glassTexts().network.asTable}</summary>
        <div className={glass.scroll}>
          <BinTable bins={inUse} />
        </div>
      </details>
    </>
  );
}

/** Both axes run from 0 to the largest probability on a square-root scale, since most are small. */
function Drawing({ inUse, crowd }: Pick<Reliability, "inUse" | "crowd">) {
  const { calibration: texts } = glassTexts();
  const bins = [...inUse, ...crowd];
  const max = Math.max(...bins.map(({ predicted, observed }) => Math.max(predicted, observed)));
  const along = (chance: number) =>
    (SIDE - 2 * MARGIN) * Math.sqrt(Math.min(1, chance / (max || 1)));
  const x = (chance: number) => MARGIN + along(chance);
  const y = (chance: number) => SIDE - MARGIN - along(chance);
  return (
    <svg viewBox={`0 0 ${SIDE} ${SIDE}`} aria-hidden="true" direction="ltr">
      <line className={styles.ideal} x1={x(0)} y1={y(0)} x2={x(max)} y2={y(max)} />
      {[0, max / 4, max].map((chance) => (
        <g key={chance} className={styles.axis}>
          <text x={x(chance)} y={SIDE - MARGIN + 18} textAnchor="middle">
            {percent(chance)}
          </text>
          <text x={MARGIN - 8} y={y(chance)} dy="0.35em" textAnchor="end">
            {percent(chance)}
          </text>
        </g>
      ))}
      <text className={styles.axis} x={SIDE / 2} y={SIDE - 8} textAnchor="middle">
        {texts.predicted}
      </text>
      <text className={styles.axis} x={MARGIN} y={20} textAnchor="middle">
        {texts.observed}
      </text>
      {crowd.map(({ predicted, observed }) => (
        <circle key={predicted} className={styles.crowd} cx={x(predicted)} cy={y(observed)} r={5} />
      ))}
      {inUse.map(({ predicted, observed, low, high }) => (
        <g key={predicted} className={styles.inUse}>
          <line x1={x(predicted)} x2={x(predicted)} y1={y(low)} y2={y(high)} />
          <circle cx={x(predicted)} cy={y(observed)} r={5} />
        </g>
      ))}
    </svg>
  );
}

function BinTable({ bins }: { bins: readonly ReliabilityBin[] }) {
  const { calibration: texts } = glassTexts();
  return (
    <table className={glass.table}>
      <thead>
        <tr>
          <th scope="col">{texts.cards}</th>
          <th scope="col">{texts.predicted}</th>
          <th scope="col">{texts.observed}</th>
          <th scope="col">{texts.interval}</th>
        </tr>
      </thead>
      <tbody>
        {bins.map(({ cards, predicted, observed, low, high }) => (
          <tr key={predicted}>
            <td>{cards}</td>
            <td>{percent(predicted)}</td>
            <td>{percent(observed)}</td>
            <td>
              {percent(low)} – {percent(high)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
