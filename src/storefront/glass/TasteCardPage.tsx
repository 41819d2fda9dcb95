import { Download } from "lucide-react";
import { useState } from "react";
import type { TasteCard } from "vitrine";
import { decimal, percent } from "../language/format.ts";
import { errorText } from "../language/messageText.ts";
import { categoryName } from "../language/strings.ts";
import { useEngine } from "../ShopContext.tsx";
import glass from "./GlassRoom.module.css";
import { QrCode } from "./QrCode.tsx";
import { saveFile } from "./saveFile.ts";
import styles from "./TasteCardPage.module.css";
import { tasteCardText } from "./tasteCardText.ts";
import { glassTexts } from "./texts.ts";
import { useCommand } from "./useCommand.ts";

const EPSILONS = [0.5, 1, 2, 4, 8];
const MAX_FAVORITES = 5;

/** A card of favorites with random noise that the shopper may share; it is made here and not sent. */
export function TasteCardPage() {
  const { failure } = useEngine();
  const { emit, isBusy } = useCommand();
  const [epsilon, setEpsilon] = useState(2);
  const [favorites, setFavorites] = useState(3);
  /** Newest first. */
  const [cards, setCards] = useState<readonly TasteCard[]>([]);
  const { card: texts } = glassTexts();
  const draw = () =>
    emit(async (recommender) => {
      const made = await recommender.tasteCard({ epsilon, favorites });
      setCards((earlier) => [made, ...earlier]);
    });
  const [latest] = cards;
  return (
    <>
      <p className={glass.lead}>{texts.lead}</p>
      {failure && <p className="notice">{errorText(failure)}</p>}
      <form
        className={glass.form}
        onSubmit={(event) => {
          event.preventDefault();
          draw();
        }}
      >
        <NumberChoice
          name={texts.epsilon}
          options={EPSILONS}
          value={epsilon}
          onChange={setEpsilon}
        />
        <p className="soft">{texts.meaning(String(epsilon), decimal(Math.exp(epsilon), 1))}</p>
        <NumberChoice
          name={texts.favorites}
          options={Array.from({ length: MAX_FAVORITES }, (_, index) => index + 1)}
          value={favorites}
          onChange={setFavorites}
        />
        <button type="submit" className="button button--primary" disabled={isBusy}>
          {texts.draw}
        </button>
      </form>
      {cards.length > 1 && (
        <p className="notice" role="status">
          {texts.spent(cards.length, decimal(spentEpsilon(cards), 1))}
        </p>
      )}
      {latest && <Drawn card={latest} />}
    </>
  );
}

interface NumberChoiceProps {
  name: string;
  options: number[];
  value: number;
  onChange: (value: number) => void;
}

function NumberChoice({ name, options, value, onChange }: NumberChoiceProps) {
  return (
    <fieldset className={glass.choice}>
      <legend>{name}</legend>
      {options.map((option) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            checked={option === value}
            onChange={() => onChange(option)}
          />{" "}
          {option}
        </label>
      ))}
    </fieldset>
  );
}

/** ε of several cards of one shopper adds up (sequential composition). */
function spentEpsilon(cards: readonly TasteCard[]): number {
  return cards.reduce((sum, { epsilon }) => sum + epsilon, 0);
}

function Drawn({ card }: { card: TasteCard }) {
  const { card: texts } = glassTexts();
  const text = tasteCardText(card.bytes);
  const names = card.departments.map(categoryName);
  const save = () => saveFile(new Blob([text], { type: "text/plain" }), "taste-card.txt");
  return (
    <section className={glass.section} aria-labelledby="drawn">
      <h2 id="drawn">{texts.drawn}</h2>
      <div className={styles.card}>
        <QrCode text={text} label={texts.qr} />
        <div>
          <p>{names.length === 0 ? texts.empty : names.join(" · ")}</p>
          <p className="soft">{texts.truth(percent(card.keepProbability))}</p>
          <h3>{texts.bytes(card.bytes.length)}</h3>
          <p>
            <code data-taste-card={text}>{text}</code>
          </p>
          <p className="soft">{texts.layout}</p>
          <button type="button" className="button" onClick={save}>
            <Download aria-hidden="true" size={16} />
            {texts.save}
          </button>
        </div>
      </div>
    </section>
  );
}
