import { Volume2 } from "lucide-react";
import type { Selection } from "vitrine";
import { categoryName } from "../language/strings.ts";
import { useEngine, useProductOf } from "../ShopContext.tsx";
import glass from "./GlassRoom.module.css";
import { glassTexts } from "./texts.ts";
import { useCommand } from "./useCommand.ts";

/** Muted products and departments, whose events are kept but do not count; each can be unmuted. */
export function MutedParts() {
  const { status } = useEngine();
  const { emit, isBusy } = useCommand();
  const productOf = useProductOf();
  const { parts } = glassTexts();
  const muted: { name: string; selection: Selection }[] = [
    ...(status?.muted.categories ?? []).map((category) => ({
      name: category.map(categoryName).join(" › "),
      selection: { category: [...category] },
    })),
    ...(status?.muted.products ?? []).map((productId) => ({
      name: productOf(productId)?.title ?? productId,
      selection: { productId },
    })),
  ];
  if (muted.length === 0) return null;
  return (
    <section className={glass.section} aria-labelledby="muted">
      <h2 id="muted">{parts.muted}</h2>
      <ul className={glass.actions}>
        {muted.map(({ name, selection }) => (
          <li key={JSON.stringify(selection)}>
            <button
              type="button"
              className="button"
              aria-label={parts.unmute(name)}
              disabled={isBusy}
              onClick={() => emit((recommender) => recommender.unmute(selection))}
            >
              <Volume2 aria-hidden="true" size={16} />
              {name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
