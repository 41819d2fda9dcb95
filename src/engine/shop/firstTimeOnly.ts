/** A filter that accepts each of `size` rows only once. It uses a byte per row, which is faster than a set. */
export function firstTimeOnly(size: number): (row: number) => boolean {
  const seen = new Uint8Array(size);
  return (row) => {
    if (seen[row] === 1) return false;
    seen[row] = 1;
    return true;
  };
}
