import { Pause, Play, RotateCcw, StepForward, X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Catalog, ShopEvent } from "vitrine";
import { productIdsOf } from "vitrine/inspect";
import { useLocation } from "wouter";
import { type Demo, type DemoState, SPEEDS } from "../demo/demo.ts";
import { decimal, listed } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import { productIn } from "../shop/shop.ts";
import styles from "./DemoBar.module.css";
import { useBottomBar } from "./useBottomBar.ts";

interface DemoBarProps {
  demo: Demo;
  state: DemoState;
}

/** Whose shop this is right now, what they just did, and the way back to being oneself. */
export function DemoBar({ demo, state }: DemoBarProps) {
  const { shopper, visitor, catalog, events, position, isPlaying, speed } = state;
  const texts = strings.demo;
  const first = useRef<HTMLButtonElement>(null);
  // The button pressed is gone, with the shop that it stood in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each shopper who comes in
  useEffect(() => first.current?.focus({ preventScroll: true }), [visitor]);
  const bar = useRef<HTMLElement>(null);
  useBottomBar(bar);
  const [location, navigate] = useLocation();
  const last = events[position - 1];
  const isOver = position === events.length;
  const PlaySign = isOver ? RotateCcw : isPlaying ? Pause : Play;
  return (
    <section ref={bar} className={styles.bar} aria-label={texts.label} data-testid="demo">
      <p className={styles.what}>
        <b>{texts.shoppers[shopper]}</b>{" "}
        <span role="status">
          {last === undefined ? texts.begins : eventText(last, catalog)} ·{" "}
          {texts.progress(position, events.length)}
        </span>
      </p>
      <div className={styles.buttons}>
        <button
          ref={first}
          type="button"
          className="icon-button"
          aria-label={isOver ? texts.again : isPlaying ? texts.pause : texts.play}
          onClick={isOver ? () => demo.meet(shopper) : isPlaying ? demo.pause : demo.play}
        >
          <PlaySign aria-hidden="true" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={texts.step}
          // Not disabled: it would lose the focus with the last event.
          aria-disabled={isOver}
          onClick={isOver ? undefined : demo.step}
        >
          <StepForward aria-hidden="true" />
        </button>
        <select
          aria-label={texts.speed}
          value={speed}
          onChange={(event) => demo.setSpeed(Number(event.target.value))}
        >
          {SPEEDS.map((times) => (
            <option key={times} value={times}>
              {decimal(times, times < 1 ? 1 : 0)} ×
            </option>
          ))}
        </select>
        <button
          type="button"
          className="button button--primary"
          onClick={() => {
            // An order of theirs is none of one's own.
            if (location.startsWith("/orders/")) navigate("/orders", { replace: true });
            demo.end();
          }}
        >
          <X aria-hidden="true" size={16} />
          {texts.end}
        </button>
      </div>
    </section>
  );
}

function eventText(event: ShopEvent, catalog: Catalog): string {
  const what = strings.stored.types[event.type];
  const titles = productIdsOf(event).map((id) => productIn(catalog, id)?.title);
  const known = titles.filter((title) => title !== undefined);
  return known.length === 0 ? what : `${what}: ${listed(known)}`;
}
