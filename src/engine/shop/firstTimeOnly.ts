/** Says of each of `size` rows whether it comes for the first time. A byte a row: faster than a set. */
export function firstTimeOnly(size: number): (row: number) => boolean {
  const seen = new Uint8Array(size);
  return (row) => {
    if (seen[row] === 1) return false;
    seen[row] = 1;
    return true;
  };
}
