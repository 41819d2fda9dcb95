import type { Interests } from "vitrine";
import { money, percent } from "../language/format.ts";
import { categoryName } from "../language/strings.ts";
import { useShop } from "../ShopContext.tsx";
import { useHistory } from "../state/useHistory.ts";
import glass from "./GlassRoom.module.css";
import styles from "./InterestProfile.module.css";
import { PartActions } from "./PartActions.tsx";
import { glassTexts } from "./texts.ts";

const MAX_BRANDS = 10;

/** The share of the shopper's affinity for each department, brand and price level. */
export function InterestProfile() {
  const interests = useHistory((recommender) => recommender.interests());
  const { interests: texts } = glassTexts();
  return (
    <section className={glass.section} aria-labelledby="interests">
      <h2 id="interests">{texts.title}</h2>
      <p className={glass.lead}>{texts.lead}</p>
      {interests && interests.departments.length === 0 && <p>{texts.none}</p>}
      {interests && interests.departments.length > 0 && <Profile {...interests} />}
    </section>
  );
}

function Profile({ departments, brands, prices }: Interests) {
  const { interests: texts } = glassTexts();
  const { currency } = useShop().shop.catalog.products[0]!;
  return (
    <div className={styles.profile}>
      <Bars
        title={texts.departments}
        rows={departments.map(({ name, share, products }) => ({
          name: categoryName(name),
          note: texts.products(products),
          share,
          actions: (
            <PartActions
              selection={{ category: [name] }}
              name={categoryName(name)}
              isMuted={false}
            />
          ),
        }))}
      />
      <Bars
        title={texts.brands}
        rows={brands.slice(0, MAX_BRANDS).map(({ name, share, products }) => {
          return { name, share, note: texts.products(products) };
        })}
      />
      <Bars
        title={texts.prices}
        rows={prices.map(({ fromMinor, toMinor, share }) => ({
          name: `${money(fromMinor, currency)} – ${money(toMinor, currency)}`,
          share,
        }))}
      />
    </div>
  );
}

interface BarRow {
  name: string;
  note?: string;
  /** 0 to 1. */
  share: number;
  actions?: React.ReactNode;
}

function Bars({ title, rows }: { title: string; rows: BarRow[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul className={styles.bars}>
        {rows.map(({ name, note, share, actions }) => (
          <li key={name}>
            <div>
              <span>{name}</span> <span className="soft">{note}</span>
            </div>
            <span className={styles.share}>{percent(share)}</span>
            <meter min={0} max={1} value={share} aria-label={name} />
            {actions}
          </li>
        ))}
      </ul>
    </section>
  );
}
