import { useState } from "react";
import type { StoredEvent } from "vitrine";
import { productIdsOf } from "vitrine/inspect";
import { Link } from "wouter";
import { day, timeOfDay } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import { useProductOf } from "../ShopContext.tsx";
import { eventName, eventText } from "./eventText.ts";
import glass from "./GlassRoom.module.css";
import { PartActions } from "./PartActions.tsx";
import styles from "./Timeline.module.css";
import { glassTexts } from "./texts.ts";
import { type EventFilter, matchingEvents, NO_FILTER } from "./timelineFilter.ts";

const ROWS_AT_ONCE = 20;

interface TimelineProps {
  events: readonly StoredEvent[];
  /** The number of stored events, if these are not all. */
  all: number;
}

/** Everything the shopper did, by day; each event can be muted or deleted. */
export function Timeline({ events, all }: TimelineProps) {
  const productOf = useProductOf();
  const [filter, setFilter] = useState(NO_FILTER);
  const [max, setMax] = useState(ROWS_AT_ONCE);
  const { timeline: texts } = glassTexts();
  const found = matchingEvents(events, filter, productOf).sort(newestFirst);
  const shown = found.slice(0, max);
  return (
    <section className={glass.section} aria-labelledby="events">
      <h2 id="events">{texts.title}</h2>
      <p className={glass.lead}>{texts.lead}</p>
      {events.length === 0 ? <p>{texts.none}</p> : <Filter filter={filter} onChange={setFilter} />}
      {events.length < all && <p className="soft">{texts.newest(events.length, all)}</p>}
      {events.length > 0 && <p role="status">{texts.found(found.length)}</p>}
      {byDay(shown).map(([title, ofDay]) => (
        <section key={title} className={styles.day}>
          <h3>{title}</h3>
          <ul className={styles.rows}>
            {ofDay.map((event) => (
              <Row key={event.seq} event={event} />
            ))}
          </ul>
        </section>
      ))}
      {shown.length < found.length && (
        <button type="button" className="button" onClick={() => setMax(max + ROWS_AT_ONCE)}>
          {texts.more}
        </button>
      )}
    </section>
  );
}

interface FilterProps {
  filter: EventFilter;
  onChange: (filter: EventFilter) => void;
}

function Filter({ filter, onChange }: FilterProps) {
  const { timeline: texts } = glassTexts();
  const types = Object.keys(strings.stored.types) as StoredEvent["type"][];
  return (
    <search className={glass.actions}>
      <label>
        <span className="visually-hidden">{texts.type}</span>
        <select
          value={filter.type}
          onChange={({ target }) =>
            onChange({ ...filter, type: target.value as EventFilter["type"] })
          }
        >
          <option value="">{texts.anything}</option>
          {types.map((type) => (
            <option key={type} value={type}>
              {strings.stored.types[type]}
            </option>
          ))}
        </select>
      </label>
      <input
        type="search"
        className={glass.field}
        value={filter.words}
        placeholder={texts.words}
        aria-label={texts.words}
        onChange={({ target }) => onChange({ ...filter, words: target.value })}
      />
    </search>
  );
}

function Row({ event }: { event: StoredEvent }) {
  const productOf = useProductOf();
  const [id] = productIdsOf(event);
  const about = eventText(event, productOf);
  const name = `${eventName(event)}: ${about}`;
  return (
    <li data-seq={event.seq} data-type={event.type} className={event.muted ? styles.muted : ""}>
      <time className="soft" dateTime={new Date(event.at).toISOString()}>
        {timeOfDay(event.at)}
      </time>
      <span>
        {eventName(event)}:{" "}
        {id === undefined ? (
          <q>{about}</q>
        ) : (
          <Link href={`/product/${encodeURIComponent(id)}`}>{about}</Link>
        )}
      </span>
      <PartActions selection={{ seq: event.seq }} name={name} isMuted={event.muted ?? false} />
    </li>
  );
}

/** Sorted by when they happened; imported events were stored later than that. */
function newestFirst(left: StoredEvent, right: StoredEvent): number {
  return right.at - left.at || right.seq - left.seq;
}

function byDay(events: readonly StoredEvent[]): [string, StoredEvent[]][] {
  const days = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const title = day(event.at);
    days.set(title, [...(days.get(title) ?? []), event]);
  }
  return [...days];
}
