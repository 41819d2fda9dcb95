import { Link } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { strings } from "../language/strings.ts";
import { useShopState } from "../ShopContext.tsx";
import { ForYouShelf } from "../shelves/ForYouShelf.tsx";
import { NotFound } from "./NotFound.tsx";
import { PlacedOrder } from "./OrdersPage.tsx";

/** Set by the checkout, and kept in the entry of the history. */
export const JUST_PLACED = { isJustPlaced: true };

/** One order; right after the checkout also a thank-you. */
export function OrderPage({ id }: { id: string }) {
  const order = useShopState((shop) => shop.orders.find((one) => one.id === id));
  const state = useHistoryState<Partial<typeof JUST_PLACED> | null>();
  if (order === undefined) {
    return <NotFound title={strings.notFound.orderTitle} text={strings.notFound.order} />;
  }
  const number = strings.checkout.orderNumber(id);
  return (
    <>
      <title>{strings.pageTitle(number)}</title>
      <h1>{state?.isJustPlaced ? strings.checkout.done : number}</h1>
      <p className="soft">{strings.checkout.demo}</p>
      <PlacedOrder order={order} />
      <p>
        <Link href="/" className="button button--primary">
          {strings.checkout.keepShopping}
        </Link>{" "}
        <Link href="/orders" className="button">
          {strings.nav.orders}
        </Link>
      </p>
      <ForYouShelf />
    </>
  );
}
