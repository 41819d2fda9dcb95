import { useLocation } from "wouter";
import { money } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import { EmptyNotice } from "../parts/EmptyNotice.tsx";
import { Picture } from "../parts/Picture.tsx";
import { useShop } from "../ShopContext.tsx";
import { orderOf } from "../state/orderOf.ts";
import type { Order } from "../state/shopState.ts";
import { type Cart, useCart } from "../state/useCart.ts";
import styles from "./CartPage.module.css";
import { JUST_PLACED } from "./OrderPage.tsx";

/** A simulated purchase without address or payment; nothing is sent, it only becomes an event. */
export function CheckoutPage() {
  const cart = useCart();
  const placeOrder = usePlaceOrder();
  const [, navigate] = useLocation();
  const texts = strings.checkout;
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
          onClick={() => {
            const { id } = placeOrder(cart);
            // Back leads to the cart, since the same cart cannot be bought twice.
            navigate(`/orders/${id}`, { replace: true, state: JUST_PLACED });
          }}
        >
          {texts.place}
        </button>
      </div>
    </div>
  );
}

function usePlaceOrder(): (cart: Cart) => Order {
  const { shop, engine, shopState, toasts } = useShop();
  return (cart) => {
    const lines = cart.lines.map(({ product, quantity }) => ({ productId: product.id, quantity }));
    const id = crypto.randomUUID().slice(0, 8).toUpperCase();
    const order = orderOf(shop.catalog, { id, at: Date.now(), lines });
    shopState.set({ cart: [], orders: [order, ...shopState.get().orders] });
    toasts.clear("cart");
    engine.observe({ type: "purchase", orderId: id, items: lines });
    return order;
  };
}
