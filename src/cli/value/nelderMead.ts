/** Expansion, contraction and shrinking as in the paper. */
const EXPAND = 2;
const CONTRACT = 0.5;
const SHRINK = 0.5;

export interface NelderMeadOptions {
  /** Length of the first steps along each axis. */
  step?: number;
  /** The simplex has converged when its values are this close to each other. */
  tolerance?: number;
  maxSteps?: number;
}

interface Corner {
  at: readonly number[];
  value: number;
}

/**
 * The lowest point of a function without derivatives, by a simplex that moves downhill (Nelder and Mead,
 * "A Simplex Method for Function Minimization", Computer Journal 7, 1965). It is started again from what
 * it found until that gains nothing, since a simplex may collapse before it has arrived. Values that are
 * not finite count as infinitely high.
 */
export function nelderMead(
  cost: (at: readonly number[]) => number,
  start: readonly number[],
  { step = 0.5, tolerance = 1e-10, maxSteps = 4000 }: NelderMeadOptions = {},
): Corner {
  const measure = (at: readonly number[]): Corner => {
    const value = cost(at);
    return { at, value: Number.isFinite(value) ? value : Number.POSITIVE_INFINITY };
  };
  let best = measure(start);
  for (let round = 0; round < 10; round++) {
    const found = descend(measure, best, { step, tolerance, maxSteps });
    const gain = best.value - found.value;
    best = found;
    if (gain < tolerance * (1 + Math.abs(best.value))) break;
  }
  return best;
}

function descend(
  measure: (at: readonly number[]) => Corner,
  start: Corner,
  { step, tolerance, maxSteps }: Required<NelderMeadOptions>,
): Corner {
  const corners = [
    start,
    ...start.at.map((_, axis) =>
      measure(start.at.map((value, other) => (other === axis ? value + step : value))),
    ),
  ];
  for (let count = 0; count < maxSteps; count++) {
    corners.sort((left, right) => left.value - right.value);
    const spread = corners.at(-1)!.value - corners[0]!.value;
    if (spread <= tolerance * (1 + Math.abs(corners[0]!.value))) break;
    move(measure, corners);
  }
  return corners.reduce((best, one) => (one.value < best.value ? one : best));
}

/** One step: the worst corner is reflected, expanded or contracted, or all move towards the best. */
function move(measure: (at: readonly number[]) => Corner, corners: Corner[]): void {
  const last = corners.length - 1;
  const worst = corners[last]!;
  const best = corners[0]!;
  const center = best.at.map(
    (_, axis) => corners.slice(0, last).reduce((sum, { at }) => sum + at[axis]!, 0) / last,
  );
  const along = (length: number) =>
    measure(center.map((value, axis) => value + length * (value - worst.at[axis]!)));
  const reflected = along(1);
  if (reflected.value < best.value) {
    const further = along(EXPAND);
    corners[last] = further.value < reflected.value ? further : reflected;
    return;
  }
  if (reflected.value < corners[last - 1]!.value) {
    corners[last] = reflected;
    return;
  }
  const nearer = along(reflected.value < worst.value ? CONTRACT : -CONTRACT);
  if (nearer.value < Math.min(reflected.value, worst.value)) {
    corners[last] = nearer;
    return;
  }
  for (let index = 1; index < corners.length; index++) {
    const corner = corners[index]!.at;
    corners[index] = measure(
      best.at.map((value, axis) => value + SHRINK * (corner[axis]! - value)),
    );
  }
}
