import type { Counterfactual, Why } from "vitrine";
import { decimal } from "../language/format.ts";
import { useProductOf } from "../ShopContext.tsx";
import glass from "./GlassRoom.module.css";
import { PartActions } from "./PartActions.tsx";
import { glassTexts } from "./texts.ts";

/** The rank that the card would have without a part of the history; each part can be deleted. */
export function Counterfactuals({ card, place, counterfactuals }: Why) {
  const { without: texts } = glassTexts();
  return (
    <section className={glass.section} aria-labelledby="without">
      <h3 id="without">{texts.title}</h3>
      <p className="soft">{texts.lead}</p>
      {counterfactuals.length === 0 && <p>{texts.none}</p>}
      {counterfactuals.length > 0 && (
        <div className={glass.scroll}>
          <table className={glass.table}>
            <thead>
              <tr>
                <th scope="col">{texts.part}</th>
                <th scope="col">{texts.place}</th>
                <th scope="col">{texts.change}</th>
                <th scope="col">{texts.act}</th>
              </tr>
            </thead>
            <tbody>
              {counterfactuals.map((one) => (
                <Row key={one.productId} {...one} now={{ place, logOdds: card.logOdds }} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface RowProps extends Counterfactual {
  now: { place: number | undefined; logOdds: number };
}

function Row({ productId, events, place, logOdds, now }: RowProps) {
  const productOf = useProductOf();
  const { without: texts } = glassTexts();
  const name = productOf(productId)?.title ?? productId;
  const change = logOdds === undefined ? undefined : logOdds - now.logOdds;
  return (
    <tr data-without={productId} data-place={place}>
      <th scope="row">{texts.events(events, name)}</th>
      <td>{texts.places(placeText(place), placeText(now.place))}</td>
      <td>{change === undefined ? "–" : decimal(change, 2)}</td>
      <td>
        <PartActions selection={{ productId }} name={name} isMuted={false} />
      </td>
    </tr>
  );

  function placeText(at: number | undefined): string {
    return at === undefined ? texts.farOff : String(at);
  }
}
