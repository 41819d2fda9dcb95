import { Pause, Play, StepForward, X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Catalog } from "../../engine/catalog.ts";
import type { ShopEvent } from "../../engine/shopEvent.ts";
import { type Demo, type DemoState, SPEEDS } from "../demo.ts";
import { decimal } from "../format.ts";
import { strings } from "../strings.ts";
import styles from "./DemoBar.module.css";

interface DemoBarProps {
  demo: Demo;
  state: DemoState;
  catalog: Catalog;
}

/** Whose shop this is right now, what they just did, and the way back to being oneself. */
export function DemoBar({ demo, state, catalog }: DemoBarProps) {
  const { shopper, events, position, isPlaying, speed } = state;
  const texts = strings.demo;
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus({ preventScroll: true }), []); // The button pressed is gone.
  const last = events[position - 1];
  const isOver = position === events.length;
  return (
    <section className={styles.bar} aria-label={texts.label} data-testid="demo">
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
          aria-label={isPlaying ? texts.pause : texts.play}
          disabled={isOver}
          onClick={isPlaying ? demo.pause : demo.play}
        >
          {isPlaying ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={texts.step}
          disabled={isOver}
          onClick={demo.step}
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
        <button type="button" className="button button--primary" onClick={demo.end}>
          <X aria-hidden="true" size={16} />
          {texts.end}
        </button>
      </div>
    </section>
  );
}

function eventText(event: ShopEvent, catalog: Catalog): string {
  const what = strings.stored.types[event.type];
  if (!("productId" in event)) return what;
  const row = catalog.rowOf(event.productId);
  return row === undefined ? what : `${what}: ${catalog.products[row]!.title}`;
}
