import type { StoredEvent, Why } from "vitrine";
import type { InputName } from "vitrine/inspect";
import { day, decimal } from "../language/format.ts";
import { useProductOf } from "../ShopContext.tsx";
import { eventName, eventText } from "./eventText.ts";
import glass from "./GlassRoom.module.css";
import { PartActions } from "./PartActions.tsx";
import styles from "./Timeline.module.css";
import { glassTexts } from "./texts.ts";

const INPUTS_WITH_EVENTS = ["ownHistory", "coVisitation", "contentFit"] as const;

/** The events that each input is based on; each can be muted or deleted here. */
export function ReasonEvents({ events, inputs, averageInputs }: Why) {
  const { behind: texts, inputs: names } = glassTexts();
  return (
    <section className={glass.section} aria-labelledby="behind">
      <h3 id="behind">{texts.title}</h3>
      {INPUTS_WITH_EVENTS.map((name) => (
        <details key={name} data-behind={name}>
          <summary>
            {names[name]}: {inputText(name)} · {texts.count(events[name].length)}
          </summary>
          <ul className={styles.rows}>
            {events[name].map((event) => (
              <Row key={event.seq} event={event} />
            ))}
          </ul>
        </details>
      ))}
      <p className="soft">
        {names.popularity}: {inputText("popularity")} · {texts.crowd}
      </p>
    </section>
  );

  function inputText(name: InputName): string {
    return texts.input(decimal(inputs[name], 2), decimal(averageInputs[name], 2));
  }
}

function Row({ event }: { event: StoredEvent }) {
  const productOf = useProductOf();
  const name = `${eventName(event)}: ${eventText(event, productOf)}`;
  return (
    <li data-seq={event.seq}>
      <span className="soft">{day(event.at)}</span>
      <span>{name}</span>
      <PartActions selection={{ seq: event.seq }} name={name} isMuted={false} />
    </li>
  );
}
