import { listed } from "../language/format.ts";
import { categoryName, strings } from "../language/strings.ts";
import { useInterests, usePersonalization, useShopState } from "../ShopContext.tsx";
import { Facts } from "./Facts.tsx";
import glass from "./GlassRoom.module.css";
import { glassTexts } from "./texts.ts";

/** What the shop itself stores in this browser, with or without recommendations. */
export function ShopFacts() {
  const { cart, wishlist, orders, ratings } = useShopState((shop) => shop);
  const interests = useInterests();
  const share = usePersonalization();
  const { shopData: texts } = glassTexts();
  const names = interests.map(({ kind, name }) => (kind === "brand" ? name : categoryName(name)));
  return (
    <section className={glass.section} aria-labelledby="shop-data">
      <h2 id="shop-data">{texts.title}</h2>
      <p className={glass.lead}>{texts.lead}</p>
      <Facts
        facts={[
          [texts.interests, names.length === 0 ? texts.nothingSaid : listed(names)],
          [texts.personalization, strings.controls.share(Math.round(100 * share))],
          [texts.cart, texts.products(cart.length)],
          [texts.wishlist, texts.products(wishlist.length)],
          [texts.orders, texts.count(orders.length)],
          [texts.ratings, texts.count(Object.keys(ratings).length)],
        ]}
      />
    </section>
  );
}
