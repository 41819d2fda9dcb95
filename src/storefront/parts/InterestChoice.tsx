import { Check, Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { categoryName, strings } from "../language/strings.ts";
import { useInterests, useShop } from "../ShopContext.tsx";
import type { Shop } from "../shop/shop.ts";
import { isSame, type StatedInterest } from "../state/interests.ts";
import styles from "./InterestChoice.module.css";

const MAX_BRANDS = 6;

/**
 * Interests that the shopper states. A first visit can choose from departments and well-known brands;
 * later visits see what was chosen, and can remove it.
 */
export function InterestChoice() {
  const { shop, engine } = useShop();
  const chosen = useInterests();
  const labelId = useId();
  // Decided once, so that what the shopper does on this page does not move its cards.
  const [isFirstVisit] = useState(() => !engine.isReturning && engine.get().acts === 0);
  const [reached, setReached] = useState(0);
  const offered = isFirstVisit ? offersOf(shop) : chosen;
  if (offered.length === 0) return null;
  const reachable = Math.min(reached, offered.length - 1);
  return (
    <div className={styles.choice}>
      <p id={labelId}>{isFirstVisit ? strings.interests.label : strings.interests.chosen}</p>
      <div className="scroll-row" role="toolbar" aria-labelledby={labelId} onKeyDown={moveFocus}>
        {offered.map((interest, index) => (
          <InterestButton
            key={`${interest.kind} ${interest.name}`}
            interest={interest}
            isRemoved={!isFirstVisit}
            isReachable={index === reachable}
            onFocus={() => setReached(index)}
          />
        ))}
      </div>
    </div>
  );
}

interface InterestButtonProps {
  interest: StatedInterest;
  /** Whether a press removes it; otherwise it toggles. */
  isRemoved: boolean;
  /** Whether it is the one button of the toolbar in the tab order. */
  isReachable: boolean;
  onFocus: () => void;
}

function InterestButton({ interest, isRemoved, isReachable, onFocus }: InterestButtonProps) {
  const { interests } = useShop();
  const isChosen = useInterests().some((one) => isSame(one, interest));
  const name = categoryName(interest.name);
  const Icon = isRemoved ? X : isChosen ? Check : Plus;
  return (
    <button
      type="button"
      className="button"
      aria-pressed={isRemoved ? undefined : isChosen}
      aria-label={isRemoved ? strings.interests.remove(name) : undefined}
      tabIndex={isReachable ? 0 : -1}
      onFocus={onFocus}
      onClick={() => interests.toggle(interest)}
    >
      <Icon aria-hidden="true" size={14} />
      {name}
    </button>
  );
}

/** One tab stop, with arrow keys between the buttons, so that the cards after it are quick to reach. */
function moveFocus(event: React.KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const along = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
  const now = buttons.indexOf(event.target as HTMLButtonElement);
  const places: Record<string, number> = {
    ArrowRight: now + along,
    ArrowLeft: now - along,
    Home: 0,
    End: buttons.length - 1,
  };
  const next = buttons[places[event.key] ?? -1];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function offersOf({ departments, popular }: Shop): StatedInterest[] {
  const brands = new Set(popular.flatMap(({ brand }) => brand ?? []));
  return [
    ...departments.map(({ name }) => ({ kind: "department" as const, name })),
    ...[...brands].slice(0, MAX_BRANDS).map((name) => ({ kind: "brand" as const, name })),
  ];
}
