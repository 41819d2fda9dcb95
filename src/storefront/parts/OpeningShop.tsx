import { strings } from "../language/strings.ts";
import { RowSkeleton } from "../shelves/ShelfRow.tsx";
import { OpeningHeader } from "./Header.tsx";
import { Hero } from "./Hero.tsx";

/** Shown until the catalog is read: everything of the shop that does not depend on it. */
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
