/** A row with its rank value. */
export interface Scored {
  row: number;
  logOdds: number;
}

/** The `limit` highest, best first, through a heap of that size: no full sort. Ties: lower row. */
export function topPicks(
  rows: ArrayLike<number>,
  logOdds: ArrayLike<number>,
  limit: number,
): Scored[] {
  const heap: Scored[] = [];
  for (let index = 0; index < rows.length; index++) {
    const isFull = heap.length === limit;
    // Most are below the worst pick: for those nothing is made.
    if (isFull && !(limit > 0 && logOdds[index]! >= heap[0]!.logOdds)) continue;
    const pick = { row: rows[index]!, logOdds: logOdds[index]! };
    if (!isFull) {
      heap.push(pick);
      siftUp(heap);
    } else if (isBetter(pick, heap[0]!)) {
      heap[0] = pick;
      siftDown(heap);
    }
  }
  return heap.sort((left, right) => (isBetter(left, right) ? -1 : 1));
}

function isBetter(left: Scored, right: Scored): boolean {
  return left.logOdds > right.logOdds || (left.logOdds === right.logOdds && left.row < right.row);
}

/** The worst pick is at the root. */
function siftUp(heap: Scored[]): void {
  let child = heap.length - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!isBetter(heap[parent]!, heap[child]!)) return;
    swap(heap, parent, child);
    child = parent;
  }
}

function siftDown(heap: Scored[]): void {
  let parent = 0;
  for (;;) {
    const left = 2 * parent + 1;
    if (left >= heap.length) return;
    const right = left + 1;
    const worse = right < heap.length && isBetter(heap[left]!, heap[right]!) ? right : left;
    if (!isBetter(heap[parent]!, heap[worse]!)) return;
    swap(heap, parent, worse);
    parent = worse;
  }
}

function swap(heap: Scored[], left: number, right: number): void {
  const kept = heap[left]!;
  heap[left] = heap[right]!;
  heap[right] = kept;
}
