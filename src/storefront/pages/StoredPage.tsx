import { useEffect, useState } from "react";
import type { StoredEvent } from "../../engine/eventStore.ts";
import type { Inspection, Status } from "../../engine/recommender.ts";
import { productIdsOf } from "../../engine/shopEvent.ts";
import { decimal, when } from "../format.ts";
import { useEngine, useProductOf, useShop, useShopState } from "../ShopContext.tsx";
import { strings } from "../strings.ts";
import styles from "./StoredPage.module.css";

const MOST_SHOWN = 200;

/** Everything this shop knows about the shopper, and the button that erases it. */
export function StoredPage() {
  const { failure } = useEngine();
  const inspection = useInspection();
  const { cart, wishlist, orders } = useShopState();
  return (
    <>
      <title>{strings.pageTitle(strings.stored.title)}</title>
      <h1>{strings.stored.title}</h1>
      <p className={styles.lead}>{strings.stored.lead}</p>
      {failure && <p className="notice">{strings.learning.failed(failure)}</p>}
      {!failure && !inspection && <p role="status">{strings.learning.opening}</p>}
      {inspection && <Summary {...inspection} />}
      <p className={styles.lead}>
        {strings.stored.shopData}{" "}
        {strings.stored.shopCounts(cart.length, wishlist.length, orders.length)}
      </p>
      <EraseEverything />
      {inspection && <EventList {...inspection} />}
    </>
  );
}

/** What is stored now; read again after every change. */
function useInspection(): Inspection | undefined {
  const { recommender, status } = useEngine();
  const { toasts } = useShop();
  const [inspection, setInspection] = useState<Inspection>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new status means something changed
  useEffect(() => {
    let isCurrent = true;
    recommender
      ?.inspect(MOST_SHOWN)
      .then((now) => isCurrent && setInspection(now))
      .catch((error: Error) => toasts.showError(error.message));
    return () => {
      isCurrent = false;
    };
  }, [recommender, status, toasts]);
  return inspection;
}

function Summary({ status, networkBytes }: Inspection) {
  const { store, network, events, thread, trainer, notices, rejectedProducts } = status;
  const facts: [string, string][] = [
    [strings.stored.events, strings.learning.events(events)],
    [strings.stored.kept, strings.stored.keptIn[store]],
    [strings.stored.network, strings.stored.networks[network]],
    [strings.stored.networkBytes, strings.stored.bytes(networkBytes)],
    [strings.stored.runsOn, strings.stored.threads[thread]],
    [
      strings.stored.trainer,
      trainer
        ? `${strings.learning.trainers[trainer.trainer]}: ${trainer.reason}`
        : strings.stored.noTrainer,
    ],
    [strings.stored.lastTraining, trainingText(status)],
    [strings.stored.comparison, comparisonText(status)],
  ];
  return (
    <section aria-labelledby="summary">
      <h2 id="summary">{strings.stored.summary}</h2>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <List title={strings.stored.notices} lines={notices} />
      <List
        title={strings.stored.rejected}
        lines={rejectedProducts.map(({ id, index, reason }) => `${id ?? `#${index}`}: ${reason}`)}
      />
    </section>
  );
}

function trainingText({ lastTraining }: Status): string {
  if (!lastTraining) return strings.stored.never;
  const { epochs, firstLoss, lastLoss, outOfFoldLoss, ms } = lastTraining;
  const seconds = strings.learning.seconds(decimal(ms / 1000, 2));
  const text = strings.stored.training(
    epochs,
    decimal(firstLoss, 3),
    decimal(lastLoss, 3),
    seconds,
  );
  return outOfFoldLoss === undefined
    ? text
    : text + strings.stored.outOfFold(decimal(outOfFoldLoss, 3));
}

function comparisonText({ evaluation: { compared, wins, inUse } }: Status): string {
  const { untested, tested, inUse: sides } = strings.stored;
  if (compared === 0) return untested;
  return `${tested(compared, wins.network, wins.baseline)}; ${sides[inUse]}`;
}

function List({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className={styles.notices}>
        {[...new Set(lines)].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

function EraseEverything() {
  const { actions, toasts } = useShop();
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking) {
    return (
      <button type="button" className="button button--danger" onClick={() => setIsAsking(true)}>
        {strings.stored.erase}
      </button>
    );
  }
  const erase = () => {
    setIsAsking(false);
    actions.erase().catch((error: Error) => toasts.showError(error.message));
  };
  return (
    <div className={styles.confirm} role="alertdialog" aria-label={strings.stored.eraseConfirm}>
      <p>{strings.stored.eraseConfirm}</p>
      {/* biome-ignore lint/a11y/noAutofocus: the question is the answer to a press of this very button */}
      <button type="button" className="button" autoFocus onClick={() => setIsAsking(false)}>
        {strings.stored.eraseNo}
      </button>
      <button type="button" className="button button--danger" onClick={erase}>
        {strings.stored.eraseYes}
      </button>
    </div>
  );
}

function EventList({ events, status }: Inspection) {
  const productOf = useProductOf();
  return (
    <section aria-labelledby="events">
      <h2 id="events">{strings.stored.list}</h2>
      {events.length === 0 && <p>{strings.stored.none}</p>}
      {events.length < status.events && <p>{strings.stored.more(events.length, status.events)}</p>}
      {events.length > 0 && (
        <table className={styles.events}>
          <thead>
            <tr>
              <th scope="col">{strings.stored.when}</th>
              <th scope="col">{strings.stored.what}</th>
              <th scope="col">{strings.stored.which}</th>
            </tr>
          </thead>
          <tbody>
            {events.map((event) => (
              <tr key={event.seq}>
                <td>{when(event.at)}</td>
                <td>{whatHappened(event)}</td>
                <td>{aboutWhat(event)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );

  function aboutWhat(event: StoredEvent): string {
    if (event.type === "search") return event.query;
    const ids = productIdsOf(event);
    const first = productOf(ids[0] ?? "")?.title ?? ids[0] ?? "";
    return ids.length === 1 ? first : `${first} … (${strings.stored.products(ids.length)})`;
  }
}

function whatHappened(event: StoredEvent): string {
  const isTakenBack =
    (event.type === "wishlist" && !event.saved) || (event.type === "not_for_me" && !event.hidden);
  const text = strings.stored.types[event.type];
  return isTakenBack ? `${text} ${strings.stored.takenBack}` : text;
}
