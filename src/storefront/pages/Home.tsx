import { Link } from "wouter";
import type { Strategy } from "../../engine/shelfRequest.ts";
import { DemoShoppers } from "../parts/DemoShoppers.tsx";
import { InterestChoice } from "../parts/InterestChoice.tsx";
import { LearningStatus } from "../parts/LearningStatus.tsx";
import { Picture } from "../parts/Picture.tsx";
import { Shelf } from "../parts/Shelf.tsx";
import { ShelfControls } from "../parts/ShelfControls.tsx";
import { useShop } from "../ShopContext.tsx";
import { categoryName, strings } from "../strings.ts";
import { REROLLED, type ShelfPlan, useShelves } from "../useShelves.ts";
import styles from "./Home.module.css";

/** In the order in which they may claim a product. */
const PLANS: ShelfPlan[] = [
  { strategy: "buy-again", limit: 12, atFirst: "nothing" },
  { strategy: "recently-viewed", limit: 12, atFirst: "nothing" },
  { strategy: "for-you", limit: 12, exploration: 0.05, atFirst: "popular", isFirst: true },
  { strategy: "because-you-viewed", limit: 12, atFirst: "nothing" },
  { strategy: "on-sale", limit: 12, atFirst: "reduced" },
  { strategy: "new", limit: 12, atFirst: "new" },
  { strategy: "trending", limit: 12, atFirst: "popular" },
];

export function Home() {
  const { shop } = useShop();
  const { shelves, isOutdated, refresh, reroll } = useShelves(PLANS);
  return (
    <>
      <title>{strings.pageTitle(strings.home.title)}</title>
      <div className={styles.hero}>
        <h1>{strings.home.heading}</h1>
        <p>
          {strings.home.lead} <Link href="/glass/data">{strings.home.howItWorks}</Link>
        </p>
      </div>
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
      <Shelf {...shelfOf("buy-again")} />
      <Shelf {...shelfOf("because-you-viewed")} />
      <Shelf {...shelfOf("on-sale")} />
      <Shelf {...shelfOf("trending")} />
      <Shelf {...shelfOf("new")} />
      <Shelf {...shelfOf("recently-viewed")} />
    </>
  );

  function shelfOf(name: Strategy) {
    const index = PLANS.findIndex(({ strategy }) => strategy === name);
    const content = shelves[index] ?? (PLANS[index]!.isFirst ? undefined : { cards: [] });
    const onReroll = REROLLED.has(name) ? () => reroll(index) : undefined;
    return { name, content, onReroll };
  }
}
