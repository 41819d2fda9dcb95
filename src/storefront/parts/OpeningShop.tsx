import { strings } from "../language/strings.ts";
import { RowSkeleton } from "../shelves/ShelfRow.tsx";
import { OpeningHeader } from "./Header.tsx";
import { Hero } from "./Hero.tsx";

/** What a shopper sees until the catalog is read: all of the shop that does not come from it. */
export function OpeningShop() {
  return (
    <>
      <OpeningHeader />
      <main className="page">
        {location.pathname === "/" && <Hero />}
        <p className="visually-hidden" role="status">
          {strings.loadingShop}
        </p>
        <RowSkeleton />
      </main>
    </>
  );
}
