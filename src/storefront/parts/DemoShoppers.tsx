import { Baby, Coffee, Footprints, Headphones } from "lucide-react";
import type { ShopperName } from "../demo/shoppers.ts";
import { errorText } from "../language/messageText.ts";
import { strings } from "../language/strings.ts";
import { useShop } from "../ShopContext.tsx";
import styles from "./DemoShoppers.module.css";

const ICONS: Record<ShopperName, typeof Baby> = {
  runner: Footprints,
  coffee: Coffee,
  parent: Baby,
  gadgets: Headphones,
};

/** Four made-up shoppers, which show a visitor within seconds how the shelf learns. */
export function DemoShoppers() {
  const { demo, toasts } = useShop();
  const texts = strings.demo;
  return (
    <section className={styles.shoppers} aria-labelledby="demo">
      <h2 id="demo">{texts.title}</h2>
      <p className="soft">{texts.lead}</p>
      <ul>
        {Object.entries(ICONS).map(([name, Icon]) => (
          <li key={name}>
            <button
              type="button"
              className="button"
              onClick={() => {
                showForYou();
                demo
                  .meet(name as ShopperName)
                  .catch((error: Error) => toasts.showError(texts.failed(errorText(error))));
              }}
            >
              <Icon aria-hidden="true" size={18} />
              {texts.shoppers[name as ShopperName]}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Scrolls to the shelf, which on a phone is below the visible part of the page. */
function showForYou(): void {
  document.querySelector('[data-shelf="for-you"]')?.scrollIntoView();
}
