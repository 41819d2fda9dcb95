import type { PageShelves } from "../shelf/pageShelves.ts";

let connect: (page: PageShelves) => void;

/** Resolves when the script tag, or a module that uses the shelves, has connected them. */
export const pageShelves = new Promise<PageShelves>((resolve) => {
  connect = resolve;
});

/** Gives the shelves of the page what they share. Only the first call has an effect. */
export function connectShelves(page: PageShelves): void {
  connect(page);
}
