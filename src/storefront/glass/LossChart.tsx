import type { EpochReport } from "vitrine/inspect";
import { decimal } from "../language/format.ts";
import glass from "./GlassRoom.module.css";
import styles from "./LossChart.module.css";
import { glassTexts } from "./texts.ts";

const SIZE = { width: 640, height: 260 };
const MARGIN = { left: 56, right: 16, top: 12, bottom: 32 };
const GRID_LINES = 4;

interface LossChartProps {
  history: readonly EpochReport[];
  /** The epoch whose weights are used; 0 if none is. */
  best: number;
  names: { epoch: string; loss: string; validationLoss: string };
}

/** Cross-entropy by epoch, on the training events and on the held-out ones. */
export function LossChart({ history, best, names }: LossChartProps) {
  const { network: texts } = glassTexts();
  return (
    <figure className={styles.figure}>
      <LossLines history={history} best={best} names={names} />
      <figcaption className={styles.legend}>
        <span className={styles.lossKey}>{names.loss}</span>
        <span className={styles.validationKey}>{names.validationLoss}</span>
        {best > 0 && <span>{texts.kept(best)}</span>}
      </figcaption>
      <details>
        <summary>{texts.asTable}</summary>
        <div className={styles.rows}>
          <LossTable history={history} names={names} />
        </div>
      </details>
    </figure>
  );
}

function LossLines({ history, best, names }: LossChartProps) {
  const { x, y, grid, last } = scalesOf(history);
  const line = (value: (report: EpochReport) => number | undefined) =>
    history
      .filter((report) => value(report) !== undefined)
      .map((report) => `${x(report.epoch)},${y(value(report)!)}`)
      .join(" ");
  return (
    <svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} aria-hidden="true" direction="ltr">
      {grid.map((loss) => (
        <g key={loss} className={styles.grid}>
          <line x1={MARGIN.left} x2={SIZE.width - MARGIN.right} y1={y(loss)} y2={y(loss)} />
          <text x={MARGIN.left - 8} y={y(loss)} dy="0.35em" textAnchor="end">
            {decimal(loss, 3)}
          </text>
        </g>
      ))}
      <text className={styles.axis} x={SIZE.width / 2} y={SIZE.height - 8} textAnchor="middle">
        {names.epoch} 1–{last}
      </text>
      {best > 0 && (
        <line
          className={styles.best}
          x1={x(best)}
          x2={x(best)}
          y1={MARGIN.top}
          y2={SIZE.height - MARGIN.bottom}
        />
      )}
      <polyline className={styles.loss} points={line(({ loss }) => loss)} />
      <polyline className={styles.validation} points={line((report) => report.validationLoss)} />
    </svg>
  );
}

function LossTable({ history, names }: Omit<LossChartProps, "best">) {
  return (
    <table className={glass.table}>
      <thead>
        <tr>
          <th scope="col">{names.epoch}</th>
          <th scope="col">{names.loss}</th>
          <th scope="col">{names.validationLoss}</th>
        </tr>
      </thead>
      <tbody>
        {history.map(({ epoch, loss, validationLoss }) => (
          <tr key={epoch}>
            <td>{epoch}</td>
            <td>{decimal(loss, 4)}</td>
            <td>{validationLoss === undefined ? "–" : decimal(validationLoss, 4)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** From epochs and losses to pixels, and the losses that grid lines mark. */
function scalesOf(history: readonly EpochReport[]) {
  const losses = history.flatMap(({ loss, validationLoss }) => [loss, validationLoss ?? loss]);
  const [min, max] = [Math.min(...losses), Math.max(...losses)];
  const last = history.at(-1)!.epoch;
  const grid = Array.from({ length: GRID_LINES + 1 }, (_, step) => {
    return min + ((max - min) * step) / GRID_LINES;
  });
  return {
    x: (epoch: number) => scaled(epoch, [1, last], [MARGIN.left, SIZE.width - MARGIN.right]),
    y: (loss: number) => scaled(loss, [min, max], [SIZE.height - MARGIN.bottom, MARGIN.top]),
    grid,
    last,
  };
}

function scaled(value: number, [from, to]: [number, number], [start, end]: [number, number]) {
  return start + ((end - start) * (value - from)) / (to - from || 1);
}
