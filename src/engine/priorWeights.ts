/** Placeholder until `npm run prior` writes it. */
export const PRIOR_WEIGHTS: readonly number[] = [];
