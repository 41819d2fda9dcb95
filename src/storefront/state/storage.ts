/** localStorage, or undefined where the browser denies it (asking for it can throw). */
export const storage: Storage | undefined = (() => {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
})();
