import {
  HIDDEN,
  HIDDEN_BIAS,
  INPUT_NAMES,
  INPUTS,
  type Network,
  OUTCOMES,
  OUTPUT_KERNEL,
  OUTPUTS,
} from "vitrine/inspect";
import type { Activity } from "./activityOf.ts";
import styles from "./NetworkDrawing.module.css";
import { glassTexts } from "./texts.ts";

const SIZE = { width: 720, height: 440 };
/** The outer two leave space for `LONGEST_LINE` letters on a phone. */
const COLUMNS = [210, 380, 550] as const;
const LONGEST_LINE = 18;
/** Width of the widest line, for the strongest weight of its layer. */
const WIDEST = 5;
const RADIUS = 11;

interface NetworkDrawingProps {
  network: Network;
  /** The activity while it scores a product. */
  activity: Activity;
  title: string;
}

/** The 4→10→5 network with its weights as lines and its activity as discs. */
export function NetworkDrawing({ network, activity, title }: NetworkDrawingProps) {
  const { inputs, outcomes, network: texts } = glassTexts();
  const layers = [
    { start: 0, from: INPUTS, to: HIDDEN, column: 0 },
    { start: OUTPUT_KERNEL, from: HIDDEN, to: OUTPUTS, column: 1 },
  ];
  return (
    <svg
      className={styles.drawing}
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      role="img"
      aria-label={texts.drawing(title)}
      direction="ltr"
    >
      {layers.map(({ start, from, to, column }) => (
        <Lines
          key={start}
          weights={network.weights.subarray(start, start + from * to)}
          from={places(from, COLUMNS[column]!)}
          to={places(to, COLUMNS[column + 1]!)}
        />
      ))}
      <Units
        places={places(INPUTS, COLUMNS[0])}
        levels={activity.inputs}
        labels={INPUT_NAMES.map((name) => inputs[name])}
        side="start"
      />
      <Units
        places={places(HIDDEN, COLUMNS[1])}
        levels={shareOfMax(activity.hidden)}
        labels={[]}
        side="end"
      />
      <Units
        places={places(OUTPUTS, COLUMNS[2])}
        levels={activity.outcomes}
        labels={OUTCOMES.map((name) => outcomes[name])}
        side="end"
      />
    </svg>
  );
}

interface Place {
  x: number;
  y: number;
}

/** Spreads them evenly from top to bottom. */
function places(count: number, x: number): Place[] {
  return Array.from({ length: count }, (_, index) => ({
    x,
    y: (SIZE.height * (index + 0.5)) / count,
  }));
}

/** One line per weight, row-major [from × to]. */
function Lines({ weights, from, to }: { weights: Float32Array; from: Place[]; to: Place[] }) {
  const strongest = weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), 0) || 1;
  return (
    <g>
      {Array.from(weights, (weight, index) => {
        const start = from[Math.floor(index / to.length)]!;
        const end = to[index % to.length]!;
        return (
          <line
            // biome-ignore lint/suspicious/noArrayIndexKey: a weight has no id but its index
            key={index}
            className={weight < 0 ? `${styles.line} ${styles.lowering}` : styles.line}
            x1={start.x}
            y1={start.y}
            x2={end.x}
            y2={end.y}
            strokeWidth={(WIDEST * Math.abs(weight)) / strongest}
          />
        );
      })}
    </g>
  );
}

interface UnitsProps {
  places: Place[];
  /** How much of each disc is filled, 0 to 1. */
  levels: ArrayLike<number>;
  labels: string[];
  side: "start" | "end";
}

function Units({ places: centres, levels, labels, side }: UnitsProps) {
  const offset = (RADIUS + 8) * (side === "start" ? -1 : 1);
  return centres.map(({ x, y }, index) => (
    <g key={y}>
      <circle className={styles.unit} cx={x} cy={y} r={RADIUS} />
      <circle className={styles.level} cx={x} cy={y} r={RADIUS * Math.sqrt(levels[index]!)} />
      {labels[index] !== undefined && (
        <text
          className={styles.label}
          x={x + offset}
          y={y}
          textAnchor={side === "start" ? "end" : "start"}
        >
          {lines(labels[index]).map((line, row, all) => (
            <tspan
              key={line}
              x={x + offset}
              dy={`${row === 0 ? 0.35 - 0.6 * (all.length - 1) : 1.2}em`}
            >
              {line}
            </tspan>
          ))}
        </text>
      )}
    </g>
  ));
}

/** SVG does not break lines; splits a long one into two of about the same length. */
function lines(label: string): string[] {
  if (label.length <= LONGEST_LINE) return [label];
  const spaces = [...label.matchAll(/ /g)].map(({ index }) => index);
  const middle = label.length / 2;
  const at = spaces.sort((left, right) => Math.abs(left - middle) - Math.abs(right - middle))[0];
  return at === undefined ? [label] : [label.slice(0, at), label.slice(at + 1)];
}

function shareOfMax(values: readonly number[]): number[] {
  const max = Math.max(...values) || 1;
  return values.map((value) => Math.max(0, value / max));
}

/** Every weight into or out of a hidden unit, for the table. */
export function weightsOfUnit({ weights }: Network, unit: number): number[] {
  const incoming = Array.from({ length: INPUTS }, (_, input) => weights[input * HIDDEN + unit]!);
  const outgoing = weights.subarray(
    OUTPUT_KERNEL + unit * OUTPUTS,
    OUTPUT_KERNEL + (unit + 1) * OUTPUTS,
  );
  return [...incoming, weights[HIDDEN_BIAS + unit]!, ...outgoing];
}
