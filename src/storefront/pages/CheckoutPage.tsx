import { useState } from "react";
import { Link } from "wouter";
import { money } from "../format.ts";
import { EmptyNotice } from "../parts/EmptyNotice.tsx";
import { ForYouShelf } from "../parts/ForYouShelf.tsx";
import { Picture } from "../parts/Picture.tsx";
import { useShop } from "../ShopContext.tsx";
import type { Order } from "../shopState.ts";
import { strings } from "../strings.ts";
import { type Cart, useCart } from "../useCart.ts";
import styles from "./CartPage.module.css";

/** A simulated purchase: no address, no card, nothing sent; it only becomes an event. */
export function CheckoutPage() {
  const cart = useCart();
  const placeOrder = usePlaceOrder();
  const [placed, setPlaced] = useState<Order>();
  const texts = strings.checkout;
  if (placed) return <Placed order={placed} />;
  if (cart.lines.length === 0) {
    const { empty, emptyHint } = strings.cart;
    return <EmptyNotice title={texts.title} text={empty} hint={emptyHint} />;
  }
  return (
    <div className={styles.narrow}>
      <title>{strings.pageTitle(texts.title)}</title>
      <h1>{texts.title}</h1>
      <p className={styles.demo}>{texts.demo}</p>
      <h2>{texts.summary}</h2>
      <ul className={styles.lines}>
        {cart.lines.map(({ product, quantity }) => (
          <li key={product.id} className={styles.summary}>
            <Picture product={product} alt="" />
            <span className={styles.what}>
              {quantity} × {product.title}
            </span>
            <span>{money(quantity * product.priceMinor, product.currency)}</span>
          </li>
        ))}
      </ul>
      <div className={styles.total}>
        <p>
          {strings.cart.total} <b>{money(cart.totalMinor, cart.currency)}</b>
        </p>
        <button
          type="button"
          className="button button--primary"
          onClick={() => setPlaced(placeOrder(cart))}
        >
          {texts.place}
        </button>
      </div>
    </div>
  );
}

function Placed({ order }: { order: Order }) {
  return (
    <>
      <div className="notice">
        <title>{strings.pageTitle(strings.checkout.title)}</title>
        <h1 ref={takeFocus} tabIndex={-1}>
          {strings.checkout.done}
        </h1>
        <p>{strings.checkout.orderNumber(order.id)}</p>
        <p>{money(order.totalMinor, order.currency)}</p>
        <p className="soft">{strings.checkout.demo}</p>
        <Link href="/" className="button button--primary">
          {strings.checkout.keepShopping}
        </Link>{" "}
        <Link href="/orders" className="button">
          {strings.nav.orders}
        </Link>
      </div>
      <ForYouShelf />
    </>
  );
}

/** The button that placed the order is gone, and what came of it must be heard. */
function takeFocus(heading: HTMLElement | null): void {
  heading?.focus();
}

function usePlaceOrder(): (cart: Cart) => Order {
  const { engine, shopState, toasts } = useShop();
  return ({ lines, totalMinor, currency }) => {
    const items = lines.map(({ product, quantity }) => ({ productId: product.id, quantity }));
    const id = crypto.randomUUID().slice(0, 8).toUpperCase();
    const order: Order = { id, at: Date.now(), lines: items, totalMinor, currency };
    shopState.set({ cart: [], orders: [order, ...shopState.get().orders] });
    toasts.clear("cart");
    engine.observe({ type: "purchase", orderId: id, items });
    return order;
  };
}
