import styles from "./FacetPanel.module.css";

interface FacetChoiceProps {
  label: string;
  count: number;
  isChosen: boolean;
  onChange: (isChosen: boolean) => void;
}

/** A checkbox, with the number of products it would leave. */
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
