import { Pause, Play, RotateCcw, StepForward, X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Catalog, ShopEvent } from "vitrine";
import { productIdsOf } from "vitrine/inspect";
import { useLocation } from "wouter";
import { type Demo, SPEEDS } from "../demo/demo.ts";
import type { DemoState } from "../demo/demoState.ts";
import { decimal, listed } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import { productIn } from "../shop/shop.ts";
import styles from "./DemoBar.module.css";
import { useBottomBar } from "./useBottomBar.ts";

interface DemoBarProps {
  demo: Demo;
  state: DemoState;
}

/** Shows whose shop this is and what they just did; controls the demo and leaves it. */
export function DemoBar({ demo, state }: DemoBarProps) {
  const { shopper, catalog, events, position } = state;
  const texts = strings.demo;
  const bar = useRef<HTMLElement>(null);
  useBottomBar(bar);
  const last = events[position - 1];
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
        <PlayButton demo={demo} state={state} />
        <StepButton demo={demo} state={state} />
        <SpeedSelect demo={demo} state={state} />
        <EndButton demo={demo} />
      </div>
    </section>
  );
}

function PlayButton({ demo, state }: DemoBarProps) {
  const { visitor, shopper, isPlaying } = state;
  const texts = strings.demo;
  const button = useRef<HTMLButtonElement>(null);
  // Each shopper brings another shop: the button that had the focus is gone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once per shopper
  useEffect(() => button.current?.focus({ preventScroll: true }), [visitor]);
  const replay = () => demo.meet(shopper);
  const [Sign, label, act] = isOver(state)
    ? [RotateCcw, texts.again, replay]
    : isPlaying
      ? [Pause, texts.pause, demo.pause]
      : [Play, texts.play, demo.play];
  return (
    <button ref={button} type="button" className="icon-button" aria-label={label} onClick={act}>
      <Sign aria-hidden="true" />
    </button>
  );
}

function StepButton({ demo, state }: DemoBarProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={strings.demo.step}
      // Not `disabled`, which would lose the focus after the last event.
      aria-disabled={isOver(state)}
      onClick={isOver(state) ? undefined : demo.step}
    >
      <StepForward aria-hidden="true" />
    </button>
  );
}

function SpeedSelect({ demo, state }: DemoBarProps) {
  return (
    <select
      aria-label={strings.demo.speed}
      value={state.speed}
      onChange={(event) => demo.setSpeed(Number(event.target.value))}
    >
      {SPEEDS.map((times) => (
        <option key={times} value={times}>
          {decimal(times, times < 1 ? 1 : 0)} ×
        </option>
      ))}
    </select>
  );
}

function EndButton({ demo }: { demo: Demo }) {
  const [location, navigate] = useLocation();
  function end(): void {
    // The visitor has no such order.
    if (location.startsWith("/orders/")) navigate("/orders", { replace: true });
    demo.end();
  }
  return (
    <button type="button" className="button button--primary" onClick={end}>
      <X aria-hidden="true" size={16} />
      {strings.demo.end}
    </button>
  );
}

function isOver({ position, events }: DemoState): boolean {
  return position === events.length;
}

function eventText(event: ShopEvent, catalog: Catalog): string {
  const what = strings.stored.types[event.type];
  const titles = productIdsOf(event).map((id) => productIn(catalog, id)?.title);
  const known = titles.filter((title) => title !== undefined);
  return known.length === 0 ? what : `${what}: ${listed(known)}`;
}
