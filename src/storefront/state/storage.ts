/** localStorage, or undefined if the browser denies it (reading the property can throw). */
export const storage: Storage | undefined = (() => {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
})();
