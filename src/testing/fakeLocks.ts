/** Node 20 has no `navigator.locks`; this grants exclusive locks, with `ifAvailable` and `signal`. */
export function fakeLocks(): Pick<LockManager, "request"> {
  const held = new Map<string, Promise<unknown>>();
  async function request(name: string, ...given: unknown[]): Promise<unknown> {
    const callback = given.pop() as (lock: Lock | null) => unknown;
    const { ifAvailable = false, signal } = (given[0] ?? {}) as LockOptions;
    signal?.throwIfAborted();
    if (ifAvailable && held.has(name)) return callback(null);
    for (let ended = held.get(name); ended !== undefined; ended = held.get(name)) {
      await Promise.race([ended, abortOf(signal)]);
    }
    const result = Promise.resolve(callback({ name, mode: "exclusive" }));
    const ended = result.catch(() => undefined).finally(() => held.delete(name));
    held.set(name, ended);
    return result;
  }
  return { request: request as LockManager["request"] };
}

/** Rejects when the signal aborts; never settles otherwise. */
function abortOf(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
