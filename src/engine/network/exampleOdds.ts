/**
 * What the ignored products of one turn weigh together, in turns, however many were drawn: the odds a
 * network learns are then always against this many, and `calibrate.ts` can put them right.
 */
export const NEGATIVES_WEIGHT = 16;
