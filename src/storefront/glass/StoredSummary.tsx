import type { Inspection, Status } from "vitrine";
import { decimal } from "../language/format.ts";
import { messageText } from "../language/messageText.ts";
import { strings } from "../language/strings.ts";
import { Facts } from "./Facts.tsx";
import glass from "./GlassRoom.module.css";
import { glassTexts } from "./texts.ts";

/** The amount of data, how the network learned from it, and what did not work. */
export function StoredSummary({ status, networkBytes }: Inspection) {
  const { store, network, events, thread, trainer, warnings, rejectedProducts } = status;
  const { data } = glassTexts();
  const trainerText =
    trainer && `${strings.learning.trainers[trainer.trainer]}: ${messageText(trainer.reason)}`;
  return (
    <section className={glass.section} aria-labelledby="summary">
      <h2 id="summary">{data.summary}</h2>
      <Facts
        facts={[
          [data.events, strings.learning.events(events)],
          [data.kept, data.keptIn[store]],
          [data.network, data.networks[network]],
          [data.networkBytes, data.bytes(networkBytes)],
          [data.runsOn, data.threads[thread]],
          [data.trainer, trainerText ?? data.noTrainer],
          [data.lastTraining, trainingText(status)],
        ]}
      />
      <List title={data.warnings} lines={warnings.map(messageText)} />
      <List
        title={data.rejected}
        lines={rejectedProducts.map(
          ({ id, index, reason }) => `${id ?? `#${index}`}: ${messageText(reason)}`,
        )}
      />
    </section>
  );
}

function trainingText({ lastTraining }: Status): string {
  const { data } = glassTexts();
  if (!lastTraining) return data.never;
  const { epochs, firstLoss, lastLoss, outOfFoldLoss, ms } = lastTraining;
  const text = data.training({
    epochs,
    firstLoss: decimal(firstLoss, 3),
    lastLoss: decimal(lastLoss, 3),
    duration: strings.learning.seconds(decimal(ms / 1000, 2)),
  });
  return outOfFoldLoss === undefined ? text : text + data.outOfFold(decimal(outOfFoldLoss, 3));
}

function List({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className={glass.list}>
        {[...new Set(lines)].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}
