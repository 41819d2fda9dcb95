import type { Product, ShelfCard } from "vitrine";
import { INPUT_NAMES, OUTCOMES } from "vitrine/inspect";
import { Link } from "wouter";
import { decimal, percent } from "../language/format.ts";
import { useShop } from "../ShopContext.tsx";
import { reasonText } from "../shelves/reasonText.ts";
import { useHistory } from "../state/useHistory.ts";
import { CardChoice } from "./CardChoice.tsx";
import { Counterfactuals } from "./Counterfactuals.tsx";
import glass from "./GlassRoom.module.css";
import { ReasonEvents } from "./ReasonEvents.tsx";
import { RelearningNote } from "./RelearningNote.tsx";
import { Surrogates } from "./Surrogates.tsx";
import { Trial } from "./Trial.tsx";
import { glassTexts } from "./texts.ts";
import styles from "./WhyPage.module.css";

/** Explains any card that would be chosen for the shopper now. */
export function WhyPage() {
  return (
    <>
      <p className={glass.lead}>{glassTexts().why.lead}</p>
      <RelearningNote />
      <CardChoice>
        {(card, product) => <CardAnatomy key={product.id} card={card} product={product} />}
      </CardChoice>
      <Trial />
    </>
  );
}

function CardAnatomy({ card, product }: { card: ShelfCard; product: Product }) {
  const { shop } = useShop();
  const known = useHistory((recommender) => recommender.why(product.id), product.id);
  const { why } = glassTexts();
  return (
    <article aria-labelledby="why-title">
      <h2 id="why-title">{product.title}</h2>
      <p>
        {reasonText(card.reason, shop.catalog)}. {known?.place && why.place(known.place)}{" "}
        {why.score(percent(1 - card.outcomes.ignore))}.{" "}
        {card.uncertainty > 0 && why.unsure(decimal(card.uncertainty, 2))}{" "}
        <Link href={`/product/${encodeURIComponent(product.id)}`}>{why.look}</Link>
      </p>
      <Contributions card={card} />
      {known && <ReasonEvents {...known} />}
      {known && <Counterfactuals {...known} />}
      <Outcomes card={card} />
      <Surrogates productId={product.id} />
    </article>
  );
}

/** A waterfall in log-odds, from the average candidate to this card. */
function Contributions({ card }: { card: ShelfCard }) {
  const { why, inputs } = glassTexts();
  const steps = INPUT_NAMES.map((name) => ({ name, by: card.contributions[name] })).sort(
    (left, right) => Math.abs(right.by) - Math.abs(left.by),
  );
  let reached = card.averageLogOdds;
  const bars = [
    { key: "average", label: why.average, from: 0, to: reached, isTotal: true },
    ...steps.map(({ name, by }) => {
      const from = reached;
      reached += by;
      return { key: name, label: inputs[name], from, to: reached, isTotal: false };
    }),
    { key: "total", label: why.total, from: 0, to: card.logOdds, isTotal: true },
  ];
  const ends = bars.flatMap(({ from, to }) => [from, to]);
  const [min, max] = [Math.min(...ends), Math.max(...ends)];
  const place = (value: number) => `${(100 * (value - min)) / (max - min || 1)}%`;
  return (
    <section className={glass.section} aria-labelledby="sum">
      <h3 id="sum">{why.sum}</h3>
      <p className="soft">{why.sumLead}</p>
      <table className={styles.bars}>
        <tbody>
          {bars.map(({ key, label, from, to, isTotal }) => (
            <tr key={key} data-input={key} className={isTotal ? styles.total : ""}>
              <th scope="row">{label}</th>
              <td className={styles.track} aria-hidden="true">
                <span
                  className={to < from ? `${styles.bar} ${styles.down}` : styles.bar}
                  style={{
                    insetInlineStart: place(Math.min(from, to)),
                    insetInlineEnd: `calc(100% - ${place(Math.max(from, to))})`,
                  }}
                />
              </td>
              <td className={styles.number}>{signed(isTotal ? to : to - from, isTotal)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft">{why.logOdds}</p>
      {card.wear > 0 && <p>{why.worn(decimal(card.wear, 2))}</p>}
    </section>
  );
}

function Outcomes({ card }: { card: ShelfCard }) {
  const { why, outcomes } = glassTexts();
  return (
    <section className={glass.section} aria-labelledby="outcomes">
      <h3 id="outcomes">{why.outcomes}</h3>
      <table className={styles.bars}>
        <tbody>
          {OUTCOMES.map((name) => (
            <tr key={name}>
              <th scope="row">{outcomes[name]}</th>
              <td className={styles.track} aria-hidden="true">
                <span
                  className={styles.bar}
                  style={{ insetInlineStart: 0, inlineSize: `${100 * card.outcomes[name]}%` }}
                />
              </td>
              <td className={styles.number}>{percent(card.outcomes[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function signed(value: number, isTotal: boolean): string {
  const text = decimal(value, 2);
  return isTotal || value < 0 ? text : `+${text}`;
}
