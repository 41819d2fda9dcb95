import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crowdLogOdds, logOpinionPool } from "./opinionPool.ts";

const logOdds = fc.double({ min: -50, max: 50, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("the opinion pool", () => {
  it("equals the crowd's at share 0 and the network's at share 1", () => {
    expect(logOpinionPool(3, -2, 0)).toBe(-2);
    expect(logOpinionPool(3, -2, 1)).toBe(3);
    expect(logOpinionPool(3, -2, 0.25)).toBe(-0.75);
  });

  it("changes nothing if both agree, and lies between them if they do not", () => {
    fc.assert(
      fc.property(logOdds, logOdds, share, (personal, crowd, p) => {
        const pooled = logOpinionPool(personal, crowd, p);
        expect(pooled).toBeGreaterThanOrEqual(Math.min(personal, crowd) - 1e-9);
        expect(pooled).toBeLessThanOrEqual(Math.max(personal, crowd) + 1e-9);
        expect(logOpinionPool(crowd, crowd, p)).toBeCloseTo(crowd, 9);
      }),
      { seed: 41 },
    );
  });
});

describe("the crowd's log-odds", () => {
  it("rise with popularity and are finite at both ends", () => {
    const all = Array.from({ length: 256 }, (_, popularity) => crowdLogOdds(popularity));
    expect(all.every((value, at) => at === 0 || value > all[at - 1]!)).toBe(true);
    expect(all[0]).toBeCloseTo(-Math.log(256), 9);
    expect(all[255]).toBeCloseTo(Math.log(256), 9);
  });

  it("are opposite for products at equal distance from the middle", () => {
    fc.assert(
      fc.property(fc.nat(255), (popularity) => {
        expect(crowdLogOdds(popularity)).toBeCloseTo(-crowdLogOdds(255 - popularity), 9);
      }),
      { seed: 42 },
    );
  });
});
