import type { Product } from "vitrine";
import { Link } from "wouter";
import { day, money } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import { EmptyNotice } from "../parts/EmptyNotice.tsx";
import { Picture } from "../parts/Picture.tsx";
import { StarsInput } from "../parts/StarsInput.tsx";
import { useProductOf, useShop, useShopState } from "../ShopContext.tsx";
import type { CartLine, Order } from "../state/shopState.ts";
import styles from "./OrdersPage.module.css";

/** The shopper's orders, with ways to rate products and to buy them again. */
export function OrdersPage() {
  const orders = useShopState((shop) => shop.orders);
  const texts = strings.orders;
  if (orders.length === 0) {
    return <EmptyNotice title={texts.title} text={texts.empty} hint={texts.emptyHint} />;
  }
  return (
    <>
      <title>{strings.pageTitle(texts.title)}</title>
      <h1>{texts.title}</h1>
      {orders.map((order) => (
        <PlacedOrder key={order.id} order={order} />
      ))}
    </>
  );
}

/** One order with its products. */
export function PlacedOrder({ order }: { order: Order }) {
  const { id, at, totalMinor, currency, lines } = order;
  const headingId = `order-${id}`;
  return (
    <section className={styles.order} aria-labelledby={headingId}>
      <header className={styles.header}>
        <h2 id={headingId}>{day(at)}</h2>
        <p className="soft">
          <Link href={`/orders/${encodeURIComponent(id)}`}>{strings.checkout.orderNumber(id)}</Link>
        </p>
        <p className={styles.total}>{money(totalMinor, currency)}</p>
      </header>
      <ul>
        {lines.map((line) => (
          <OrderLine key={line.productId} line={line} />
        ))}
      </ul>
    </section>
  );
}

function OrderLine({ line: { productId, quantity } }: { line: CartLine }) {
  const product = useProductOf()(productId);
  if (product === undefined) return <li className="soft">{strings.orders.gone(productId)}</li>;
  return (
    <li className={styles.line}>
      <Picture product={product} alt="" />
      <div className={styles.facts}>
        <Link href={`/product/${encodeURIComponent(productId)}`}>{product.title}</Link>
        <p className="soft">{strings.orders.quantity(quantity)}</p>
      </div>
      <RateAndBuyAgain product={product} />
    </li>
  );
}

function RateAndBuyAgain({ product }: { product: Product }) {
  const { actions } = useShop();
  const ratings = useShopState((shop) => shop.ratings);
  const { id, title, stock } = product;
  return (
    <div className={styles.actions}>
      <StarsInput
        title={title}
        stars={ratings[id]}
        onChange={(stars) => actions.rate(product, stars)}
      />
      <button
        type="button"
        className="button"
        disabled={stock === 0}
        aria-label={stock === 0 ? undefined : strings.orders.buyAgainNamed(title)}
        onClick={() => actions.add(product)}
      >
        {stock === 0 ? strings.card.soldOut : strings.orders.buyAgain}
      </button>
    </div>
  );
}
