import type { Strategy } from "vitrine";
import { Link } from "wouter";
import { useBelowTheFold } from "../behavior/useBelowTheFold.ts";
import { categoryName, strings } from "../language/strings.ts";
import { DemoShoppers } from "../parts/DemoShoppers.tsx";
import { Hero } from "../parts/Hero.tsx";
import { InterestChoice } from "../parts/InterestChoice.tsx";
import { LearningStatus } from "../parts/LearningStatus.tsx";
import { Picture } from "../parts/Picture.tsx";
import { useShop } from "../ShopContext.tsx";
import { ShelfControls } from "../shelves/ShelfControls.tsx";
import { ShelfRow } from "../shelves/ShelfRow.tsx";
import { FOR_YOU, NO_CARDS, type PlannedShelf, REROLLED } from "../shelves/shelfPlans.ts";
import { useShelves } from "../shelves/useShelves.ts";
import styles from "./Home.module.css";

/** Earlier shelves have priority where two could show a product. */
const PLANS: PlannedShelf[] = [
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
      <ShelfRow {...shelfOf("for-you")} isFirst onRefresh={refresh} isOutdated={isOutdated}>
        <LearningStatus />
        <InterestChoice />
        <ShelfControls />
      </ShelfRow>
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
      {isBelowShown && LATER.map((name) => <ShelfRow key={name} {...shelfOf(name)} />)}
    </>
  );

  function shelfOf(name: Strategy) {
    const index = PLANS.findIndex(({ strategy }) => strategy === name);
    const content = shelves[index] ?? (PLANS[index]!.isFirst ? undefined : NO_CARDS);
    const onReroll = REROLLED.has(name) ? reroll : undefined;
    return { name, content, onReroll };
  }
}
