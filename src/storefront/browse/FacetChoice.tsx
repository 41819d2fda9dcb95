import styles from "./FacetPanel.module.css";

interface FacetChoiceProps {
  label: string;
  count: number;
  isChosen: boolean;
  onChange: (isChosen: boolean) => void;
}

/** A box to tick, with how many products it leaves. */
export function FacetChoice({ label, count, isChosen, onChange }: FacetChoiceProps) {
  return (
    <label className={styles.choice}>
      <input
        type="checkbox"
        checked={isChosen}
        disabled={count === 0 && !isChosen}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
      <span className={styles.count}>{count}</span>
    </label>
  );
}
