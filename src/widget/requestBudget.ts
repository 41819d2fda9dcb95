/** A number of requests at once, and then so many a second. */
export interface RequestBudget {
  /** Whether one more request may be made. */
  take(): boolean;
}

const AT_ONCE = 120;
const PER_SECOND = 2;
const KEY = "vitrine.requests";

interface Spent {
  left: number;
  /** Milliseconds since 1970. */
  at: number;
}

/**
 * @param storage shared by all frames of a tab, so that opening more of them earns nothing; where it is
 * denied, each counts alone.
 */
export function createRequestBudget(
  clock: () => number,
  storage: () => Pick<Storage, "getItem" | "setItem">,
): RequestBudget {
  let own: Spent = { left: AT_ONCE, at: clock() };

  function read(): Spent {
    try {
      const { left, at } = JSON.parse(storage().getItem(KEY) ?? "") as Spent;
      return left >= 0 && left <= AT_ONCE && Number.isFinite(at) ? { left, at } : own;
    } catch {
      return own;
    }
  }

  return {
    take() {
      const { left, at } = read();
      const now = clock();
      const earned = Math.max(0, now - at) * (PER_SECOND / 1000);
      const available = Math.min(AT_ONCE, left + earned);
      own = { left: available < 1 ? available : available - 1, at: now };
      try {
        storage().setItem(KEY, JSON.stringify(own));
      } catch {
        // Counted in this frame alone.
      }
      return available >= 1;
    },
  };
}
