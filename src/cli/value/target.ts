/** A target for a figure, and the measured value. */
export interface Target {
  name: string;
  value: number;
  /** In words: "at least 0.58". */
  target: string;
  holds: boolean;
}

export function atLeast(name: string, value: number, bound: number): Target {
  return { name, value, target: `at least ${bound}`, holds: value >= bound };
}

export function atMost(name: string, value: number, bound: number): Target {
  return { name, value, target: `at most ${bound}`, holds: value <= bound };
}

export function within(
  name: string,
  value: number,
  [center, by]: readonly [number, number],
): Target {
  const holds = Math.abs(value - center) <= by;
  return { name, value, target: `${center} ± ${by}`, holds };
}

/** The best of several: the lowest for errors, otherwise the highest. */
export function better(
  name: string,
  value: number,
  { others, isError = false }: { others: readonly number[]; isError?: boolean },
): Target {
  const bound = isError ? Math.min(...others) : Math.max(...others);
  const target = `${isError ? "below" : "above"} ${bound.toFixed(4)}, the best baseline`;
  return { name, value, target, holds: isError ? value < bound : value > bound };
}
