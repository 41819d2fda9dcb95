import { Star } from "lucide-react";
import { useId } from "react";
import { strings } from "../language/strings.ts";
import styles from "./StarsInput.module.css";
import { useSettled } from "./useSettled.ts";

interface StarsInputProps {
  /** The name of what is rated, for screen readers. */
  title: string;
  /** 1 to 5; undefined before it is rated. */
  stars: number | undefined;
  onChange: (stars: number) => void;
}

const CHOICES = [1, 2, 3, 4, 5];

/** Five stars to choose from, as radio buttons, which arrow keys and screen readers support. */
export function StarsInput({ title, stars: known = 0, onChange }: StarsInputProps) {
  const name = useId();
  const { choice: chosen, choose, settle } = useSettled(onChange);
  const stars = chosen ?? known;
  return (
    <fieldset
      className={styles.stars}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) settle();
      }}
    >
      <legend className="visually-hidden">{strings.orders.rate(title)}</legend>
      {CHOICES.map((choice) => (
        <label key={choice} className={choice <= stars ? styles.filled : undefined}>
          <input
            type="radio"
            name={name}
            className="visually-hidden"
            checked={choice === stars}
            onChange={() => choose(choice)}
          />
          <span className="visually-hidden">{strings.orders.stars(choice)}</span>
          <Star aria-hidden="true" size={22} fill={choice <= stars ? "currentColor" : "none"} />
        </label>
      ))}
    </fieldset>
  );
}
