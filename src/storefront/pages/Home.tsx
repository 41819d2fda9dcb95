import { Link } from "wouter";
import { LearningStatus } from "../parts/LearningStatus.tsx";
import { Picture } from "../parts/Picture.tsx";
import { Shelf } from "../parts/Shelf.tsx";
import { useShop } from "../ShopContext.tsx";
import { categoryName, strings } from "../strings.ts";
import { type ShelfPlan, useShelves } from "../useShelves.ts";
import styles from "./Home.module.css";

/** In the order in which they may claim a product. */
const PLANS: ShelfPlan[] = [
  { strategy: "recently-viewed", limit: 12, atFirst: "nothing" },
  { strategy: "for-you", limit: 12, exploration: 0.05, atFirst: "popular" },
  { strategy: "trending", limit: 12, atFirst: "popular" },
];

export function Home() {
  const { shop } = useShop();
  const { cards, isOutdated, refresh } = useShelves(PLANS);
  const [recent, forYou, popular] = cards;
  return (
    <>
      <title>{strings.pageTitle(strings.home.title)}</title>
      <div className={styles.hero}>
        <h1>{strings.home.heading}</h1>
        <p>
          {strings.home.lead} <Link href="/stored">{strings.home.howItWorks}</Link>
        </p>
      </div>
      <Shelf name="for-you" cards={forYou} isFirst onRefresh={isOutdated ? refresh : undefined}>
        <LearningStatus />
      </Shelf>
      <Shelf name="trending" cards={popular} />
      <Shelf name="recently-viewed" cards={recent ?? []} />
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
    </>
  );
}
