import { useState } from "react";
import type { ShelfCard } from "vitrine";
import { HIDDEN, INPUT_NAMES, type Network, networksFromBytes, OUTCOMES } from "vitrine/inspect";
import { decimal } from "../language/format.ts";
import { errorText, messageText } from "../language/messageText.ts";
import { strings } from "../language/strings.ts";
import { useEngine, useShop } from "../ShopContext.tsx";
import { useHistory } from "../state/useHistory.ts";
import { activityOf } from "./activityOf.ts";
import { CalibrationPlot } from "./CalibrationPlot.tsx";
import { CardChoice } from "./CardChoice.tsx";
import glass from "./GlassRoom.module.css";
import { LossChart } from "./LossChart.tsx";
import { NetworkDrawing, weightsOfUnit } from "./NetworkDrawing.tsx";
import { priorNote } from "./priorNote.ts";
import { glassTexts } from "./texts.ts";

/** The network, drawn with its weights while it scores a card, and its training. */
export function NetworkPage() {
  const { network: texts } = glassTexts();
  return (
    <>
      <p className={glass.lead}>{texts.lead}</p>
      <CardChoice>{(card, { title }) => <Networks card={card} title={title} />}</CardChoice>
      <Training />
      <CalibrationPlot />
    </>
  );
}

function Networks({ card, title }: { card: ShelfCard; title: string }) {
  const { network: texts } = glassTexts();
  const networks = useNetworks();
  const { status } = useEngine();
  const [isBefore, setIsBefore] = useState(false);
  const isTrained = status?.network === "personal";
  if (networks === undefined) return null;
  const shown = isBefore ? networks.crowds : networks.inUse[0]!;
  const activity = activityOf(shown, card.inputs);
  return (
    <section className={glass.section}>
      {isTrained ? (
        <fieldset className={glass.choice}>
          <label>
            <input type="radio" checked={!isBefore} onChange={() => setIsBefore(false)} />{" "}
            {texts.after}
          </label>
          <label>
            <input type="radio" checked={isBefore} onChange={() => setIsBefore(true)} />{" "}
            {texts.before}
          </label>
        </fieldset>
      ) : (
        <p>{priorNote(status)}</p>
      )}
      <div className={glass.scroll}>
        <NetworkDrawing network={shown} activity={activity} title={title} />
      </div>
      <p className="soft">{texts.legend}</p>
      <p className="soft">{texts.raw}</p>
      {isTrained && <p className="soft">{texts.oneOf(networks.inUse.length)}</p>}
      <details>
        <summary>{texts.asTable}</summary>
        <WeightTable network={shown} hidden={activity.hidden} />
      </details>
    </section>
  );
}

function WeightTable({ network, hidden }: { network: Network; hidden: number[] }) {
  const { network: texts, inputs, outcomes } = glassTexts();
  const columns = [
    ...INPUT_NAMES.map((name) => inputs[name]),
    texts.bias,
    ...OUTCOMES.map((name) => outcomes[name]),
    texts.activity,
  ];
  return (
    <div className={glass.scroll}>
      <table className={glass.table}>
        <caption>{texts.weights}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: HIDDEN }, (_, unit) => (
            <tr key={texts.unit(unit + 1)}>
              <th scope="row">{texts.unit(unit + 1)}</th>
              {[...weightsOfUnit(network, unit), hidden[unit]!].map((value, column) => (
                <td key={columns[column]}>{decimal(value, 2)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The network in use, read again after each training, and the one that it started from. */
function useNetworks(): { inUse: Network[]; crowds: Network } | undefined {
  return useHistory(async (recommender) => {
    const inUse = networksFromBytes(await recommender.exportNetwork());
    const [crowds] = networksFromBytes(await recommender.exportNetwork("crowd"));
    return { inUse, crowds: crowds! };
  });
}

function Training() {
  const { network: texts } = glassTexts();
  const { recommender, status } = useEngine();
  const { toasts } = useShop();
  const trainer = status?.trainer;
  const history = status?.lastTraining?.history ?? [];
  const train = () =>
    recommender
      ?.train()
      .then((report) => report === undefined && toasts.showError(texts.trainFailed))
      .catch((error: Error) => toasts.showError(errorText(error)));
  return (
    <section className={glass.section} aria-labelledby="training">
      <h2 id="training">{texts.training}</h2>
      {trainer && (
        <p>
          {texts.trainedBy}{" "}
          {texts.choice(strings.learning.trainers[trainer.trainer], messageText(trainer.reason))}
        </p>
      )}
      {history.length > 0 && (
        <LossChart
          history={history}
          best={status?.lastTraining?.bestEpoch ?? 0}
          names={{ epoch: texts.epoch, loss: texts.loss, validationLoss: texts.validationLoss }}
        />
      )}
      <button
        type="button"
        className="button"
        disabled={recommender === undefined || status?.training !== undefined}
        onClick={train}
      >
        {texts.train}
      </button>
    </section>
  );
}
