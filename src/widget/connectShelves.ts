import type { PageShelves } from "../shelf/pageShelves.ts";

let connect: (page: PageShelves) => void;

/** Settles when the script tag, or whoever uses the shelves as a module, has connected them. */
export const pageShelves = new Promise<PageShelves>((resolve) => {
  connect = resolve;
});

/** Gives the shelves of the page what they share. The first call counts. */
export function connectShelves(page: PageShelves): void {
  connect(page);
}
