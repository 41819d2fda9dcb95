import { strings } from "../strings.ts";
import { CardSkeleton } from "./Card.tsx";
import { OpeningHeader } from "./Header.tsx";
import { Hero } from "./Hero.tsx";
import styles from "./OpeningShop.module.css";

const SKELETONS = ["a", "b", "c", "d", "e"];

/** What a shopper sees until the catalogue is read: all of the shop that does not come from it. */
export function OpeningShop() {
  return (
    <>
      <OpeningHeader />
      <main className="page">
        {location.pathname === "/" && <Hero />}
        <p className="visually-hidden" role="status">
          {strings.loadingShop}
        </p>
        <div className={styles.cards}>
          {SKELETONS.map((key) => (
            <CardSkeleton key={key} />
          ))}
        </div>
      </main>
    </>
  );
}
