/** The series ends at a term smaller than this share of the sum, if later terms only shrink. */
const PRECISION = 1e-13;
const MAX_TERMS = 1_000_000;

/** Parameters of (1 − z)^power · ₂F₁(a, b; c; z). */
export interface Hypergeometric {
  a: number;
  b: number;
  /** Not 0 or a negative whole number. */
  c: number;
  /** In [0, 1). */
  z: number;
  /** Of the factor (1 − z); 0 for the function alone. */
  power?: number;
}

/**
 * Gauss's hypergeometric function ₂F₁(a, b; c; z) as its series, times a power of 1 − z, with which it usually
 * appears and without which it may overflow. Term n shrinks like zⁿ·n^(a+b−c−1), which is slow for
 * a + b > c and z near 1; there Euler's transformation turns that power around:
 * ₂F₁(a, b; c; z) = (1 − z)^(c−a−b) · ₂F₁(c−a, c−b; c; z) (Abramowitz and Stegun, 15.3.3).
 * @throws {RangeError} for z outside [0, 1) and for a c at which the function has a pole.
 */
export function hypergeometric({ a, b, c, z, power = 0 }: Hypergeometric): number {
  if (!(z >= 0 && z < 1)) {
    throw new RangeError(`hypergeometric: z is ${z}, expected a number from 0 to below 1`);
  }
  if (c <= 0 && Number.isInteger(c)) {
    throw new RangeError(`hypergeometric: c is ${c}, expected no whole number below 1`);
  }
  const excess = a + b - c;
  if (excess <= 0) return (1 - z) ** power * series(a, b, c, z);
  return (1 - z) ** (power - excess) * series(c - a, c - b, c, z);
}

function series(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; n < MAX_TERMS; n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
    // Negative parameters may shrink the first terms and let later ones grow again.
    const isSettled = n > -Math.min(a, b, c);
    if (isSettled && Math.abs(term) <= PRECISION * Math.abs(sum) * (1 - z)) break;
  }
  return sum;
}
