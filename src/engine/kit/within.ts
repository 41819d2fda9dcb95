/** A suspended page must not mistake that time for silence, so beats are counted and none is long. */
const BEATS = 4;

/** Settles as `work` does, or rejects with `late()` after `ms` milliseconds. The work itself goes on. */
export function within<Result>(
  work: Promise<Result>,
  ms: number,
  late: () => Error,
): Promise<Result> {
  let beats = 0;
  return new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      if (++beats < BEATS) return;
      clearInterval(timer);
      reject(late());
    }, ms / BEATS);
    work.then(resolve, reject).finally(() => clearInterval(timer));
  });
}
