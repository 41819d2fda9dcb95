import { useState } from "react";
import type { StorageReport } from "vitrine";
import { RETENTION_DAYS } from "vitrine/inspect";
import { day, megabytes } from "../language/format.ts";
import { errorText } from "../language/messageText.ts";
import { useEngine, useShop } from "../ShopContext.tsx";
import { useHistory } from "../state/useHistory.ts";
import { Facts } from "./Facts.tsx";
import glass from "./GlassRoom.module.css";
import { glassTexts } from "./texts.ts";
import { useCommand } from "./useCommand.ts";

/** How much is stored, for how long, who may delete it, and what this browser supports. */
export function StorageFacts() {
  const [asked, setAsked] = useState(0);
  const report = useHistory((recommender) => recommender.storage(), String(asked));
  const { storage: texts } = glassTexts();
  return (
    <section className={glass.section} aria-labelledby="storage">
      <h2 id="storage">{texts.title}</h2>
      {report === undefined && <p role="status">{texts.asking}</p>}
      {report && (
        <Facts
          facts={[
            [texts.used, usedText(report)],
            [texts.encryption, texts.encrypted[report.isEncrypted ? "yes" : "no"]],
            [texts.oldest, report.oldestAt === undefined ? texts.nothing : day(report.oldestAt)],
            [texts.eviction, evictionText(report)],
          ]}
        />
      )}
      {report?.isPersistent === false && <KeepButton onAnswer={() => setAsked(asked + 1)} />}
      <Retention />
      {report && (
        <>
          <h3>{texts.supports}</h3>
          <Supports {...report.supports} />
        </>
      )}
    </section>
  );
}

function usedText({ usedBytes, quotaBytes }: StorageReport): string {
  const { storage: texts } = glassTexts();
  if (usedBytes === undefined) return texts.unknown;
  const used = megabytes(usedBytes);
  return quotaBytes === undefined ? used : texts.ofQuota(used, megabytes(quotaBytes));
}

function evictionText({ isPersistent }: StorageReport): string {
  const { storage: texts } = glassTexts();
  return isPersistent ? texts.persistent : texts.evictable;
}

/** Only a page can request this, not its worker. */
function KeepButton({ onAnswer }: { onAnswer: () => void }) {
  const { toasts } = useShop();
  const { storage: texts } = glassTexts();
  const ask = () =>
    navigator.storage
      .persist()
      .then((isKept) => toasts.show(isKept ? texts.keptNow : texts.notKept))
      .then(onAnswer)
      .catch((error: Error) => toasts.showError(errorText(error)));
  return (
    <button type="button" className="button" onClick={ask}>
      {texts.keep}
    </button>
  );
}

function Retention() {
  const { status } = useEngine();
  const { toasts } = useShop();
  const { emit, isBusy } = useCommand();
  const [wanted, setWanted] = useState<number>();
  const { storage: texts } = glassTexts();
  const days = wanted ?? status?.retentionDays ?? RETENTION_DAYS.max;
  const keep = () =>
    emit(async (recommender) => {
      await recommender.setRetention(days);
      toasts.show(texts.retained(days));
    });
  return (
    <form
      className={glass.form}
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <label htmlFor="retention">{texts.retention}</label>
      <span className={glass.actions}>
        <input
          id="retention"
          type="number"
          required
          min={RETENTION_DAYS.min}
          max={RETENTION_DAYS.max}
          value={Number.isNaN(days) ? "" : days}
          onChange={({ target }) => setWanted(target.valueAsNumber)}
        />
        <span>{texts.days}</span>
        <button type="submit" className="button" disabled={isBusy}>
          {texts.retain}
        </button>
      </span>
      <p className="soft">{texts.retentionHint}</p>
    </form>
  );
}

function Supports(supports: StorageReport["supports"]) {
  const { storage: texts } = glassTexts();
  const names = Object.keys(supports) as (keyof StorageReport["supports"])[];
  return (
    <table className={glass.table}>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{texts.abilities[name].name}</th>
            <td>{supports[name] ? texts.yes : texts.no}</td>
            <td>{supports[name] ? texts.abilities[name].used : texts.abilities[name].without}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
