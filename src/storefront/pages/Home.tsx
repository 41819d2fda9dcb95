import { Link } from "wouter";
import type { Strategy } from "../../engine/ranking/shelfRequest.ts";
import { DemoShoppers } from "../parts/DemoShoppers.tsx";
import { Hero } from "../parts/Hero.tsx";
import { InterestChoice } from "../parts/InterestChoice.tsx";
import { LearningStatus } from "../parts/LearningStatus.tsx";
import { Picture } from "../parts/Picture.tsx";
import { Shelf } from "../parts/Shelf.tsx";
import { ShelfControls } from "../parts/ShelfControls.tsx";
import { useShop } from "../ShopContext.tsx";
import { categoryName, strings } from "../strings.ts";
import { useBelowTheFold } from "../useBelowTheFold.ts";
import { FOR_YOU, NO_CARDS, REROLLED, type ShelfPlan, useShelves } from "../useShelves.ts";
import styles from "./Home.module.css";

/** In the order in which they may claim a product. */
const PLANS: ShelfPlan[] = [
  { strategy: "buy-again", limit: 12, atFirst: "nothing" },
  { strategy: "recently-viewed", limit: 12, atFirst: "nothing" },
  FOR_YOU,
  { strategy: "because-you-viewed", limit: 12, atFirst: "nothing" },
  { strategy: "on-sale", limit: 12, atFirst: "reduced" },
  { strategy: "new", limit: 12, atFirst: "new" },
  { strategy: "trending", limit: 12, atFirst: "popular" },
];

/** Below the departments, from top to bottom. */
const LATER: Strategy[] = [
  "buy-again",
  "because-you-viewed",
  "on-sale",
  "trending",
  "new",
  "recently-viewed",
];

export function Home() {
  const { shop } = useShop();
  const { shelves, isOutdated, refresh, reroll } = useShelves(PLANS);
  const isBelowShown = useBelowTheFold();
  return (
    <>
      <title>{strings.pageTitle(strings.home.title)}</title>
      <Hero />
      <DemoShoppers />
      <Shelf {...shelfOf("for-you")} isFirst onRefresh={refresh} isOutdated={isOutdated}>
        <LearningStatus />
        <InterestChoice />
        <ShelfControls />
      </Shelf>
      <section className={styles.departments} aria-labelledby="departments">
        <h2 id="departments">{strings.home.departments}</h2>
        <ul>
          {shop.departments.map(({ name, slug, products }) => (
            <li key={slug}>
              <Link href={`/department/${slug}`}>
                <Picture product={products[0]!} alt="" />
                <span className={styles.name}>{categoryName(name)}</span>
                <span className="soft">{strings.home.itemCount(products.length)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      {isBelowShown && LATER.map((name) => <Shelf key={name} {...shelfOf(name)} />)}
    </>
  );

  function shelfOf(name: Strategy) {
    const index = PLANS.findIndex(({ strategy }) => strategy === name);
    const content = shelves[index] ?? (PLANS[index]!.isFirst ? undefined : NO_CARDS);
    const onReroll = REROLLED.has(name) ? reroll : undefined;
    return { name, content, onReroll };
  }
}
