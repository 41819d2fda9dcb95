/** Lanczos coefficients for g = 7 and nine terms, as computed by Godfrey (2001). */
const G = 7;
const COEFFICIENTS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];
const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

/**
 * Natural logarithm of the gamma function (Lanczos, 1964), to about 14 digits.
 * @param x above 0.
 * @throws {RangeError} for other values.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma: x is ${x}, expected a number above 0`);
  // Reflection below 1/2, where the series loses digits.
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  let sum = COEFFICIENTS[0]!;
  for (let term = 1; term < COEFFICIENTS.length; term++) {
    sum += COEFFICIENTS[term]! / (shifted + term);
  }
  const t = shifted + G + 0.5;
  return HALF_LOG_TWO_PI + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}
