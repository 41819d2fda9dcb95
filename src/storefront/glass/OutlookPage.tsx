import type { Expected, Outlook, OutlookBasis } from "vitrine";
import { DAY_MS, day, decimal, inDays, money, percent } from "../language/format.ts";
import { errorText } from "../language/messageText.ts";
import { useEngine } from "../ShopContext.tsx";
import { useHistory } from "../state/useHistory.ts";
import { Facts } from "./Facts.tsx";
import glass from "./GlassRoom.module.css";
import { glassTexts } from "./texts.ts";

/** What the shopper's own orders let expect, shown to nobody else. */
export function OutlookPage() {
  const { failure } = useEngine();
  const outlook = useHistory((recommender) => recommender.outlook());
  const { outlook: texts } = glassTexts();
  return (
    <>
      <p className={glass.lead}>{texts.lead}</p>
      {failure && <p className="notice">{errorText(failure)}</p>}
      {!failure && outlook === undefined && <p role="status">{texts.counting}</p>}
      {outlook?.basis === undefined
        ? outlook && <p data-outlook="empty">{texts.none}</p>
        : outlook && <Details outlook={outlook} basis={outlook.basis} />}
    </>
  );
}

function Details({ outlook, basis }: { outlook: Outlook; basis: OutlookBasis }) {
  const { outlook: texts } = glassTexts();
  const { orderDays, firstOrder, lastOrder, meanValueMinor, currency } = basis;
  return (
    <>
      <section className={glass.section} aria-labelledby="expected">
        <h2 id="expected">{texts.expected}</h2>
        <div className={glass.scroll}>
          <Horizons outlook={outlook} currency={currency} />
        </div>
        <p className="soft">{texts.how}</p>
      </section>
      <section className={glass.section} aria-labelledby="basis">
        <h2 id="basis">{texts.basis}</h2>
        <Facts
          facts={[
            [texts.orderDays, String(orderDays)],
            [texts.firstOrder, day(firstOrder)],
            [texts.lastOrder, day(lastOrder)],
            [texts.mean, money(meanValueMinor, currency)],
            [texts.active, percent(outlook.active ?? 0)],
          ]}
        />
        <p className="soft">{texts.yours}</p>
      </section>
    </>
  );
}

function Horizons({ outlook, currency }: { outlook: Outlook; currency: string }) {
  const { outlook: texts } = glassTexts();
  const whole = (minor: number) => money(Math.round(minor), currency);
  return (
    <table className={glass.table} data-outlook="table">
      <thead>
        <tr>
          <th scope="col">{texts.horizon}</th>
          <th scope="col">{texts.returns}</th>
          <th scope="col">{texts.orders}</th>
          <th scope="col">{texts.value}</th>
        </tr>
      </thead>
      <tbody>
        {outlook.horizons.map(({ days, returns, orders, valueMinor }) => (
          <tr key={days}>
            <th scope="row">{inDays(days * DAY_MS)}</th>
            <td>{percent(returns)}</td>
            <td>
              {texts.range(
                decimal(orders.mean, 1),
                decimal(orders.low, 0),
                decimal(orders.high, 0),
              )}
            </td>
            <td>{ranged(valueMinor, whole)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A mean with its range, each as text. */
function ranged({ mean, low, high }: Expected, textOf: (value: number) => string): string {
  return glassTexts().outlook.range(textOf(mean), textOf(low), textOf(high));
}
