import { useState } from "react";
import { minorUnits } from "vitrine/shelf";
import { strings } from "../language/strings.ts";
import styles from "./FacetPanel.module.css";
import type { Facets } from "./facets.ts";
import type { Filters } from "./filters.ts";

interface PriceFilterProps {
  range: NonNullable<Facets["price"]>;
  filters: Filters;
  currency: string;
  onChange: (change: Partial<Filters>) => void;
}

/** The lowest and the highest price; placeholders show the range of the list. */
export function PriceFilter({ range, filters, currency, onChange }: PriceFilterProps) {
  const units = minorUnits(currency);
  return (
    <fieldset>
      <legend>{strings.browse.price(currency)}</legend>
      <div className={styles.prices}>
        <PriceInput
          label={strings.browse.from}
          minor={filters.minMinor}
          hint={Math.floor(range.minMinor / units)}
          units={units}
          onChange={(minMinor) => onChange({ minMinor })}
        />
        <PriceInput
          label={strings.browse.to}
          minor={filters.maxMinor}
          hint={Math.ceil(range.maxMinor / units)}
          units={units}
          onChange={(maxMinor) => onChange({ maxMinor })}
        />
      </div>
    </fieldset>
  );
}

interface PriceInputProps {
  label: string;
  minor: number | undefined;
  hint: number;
  /** Minor units per unit of the currency. */
  units: number;
  onChange: (minor: number | undefined) => void;
}

/** Takes effect when the field loses the focus or on Enter, not at every digit. */
function PriceInput({ label, minor, hint, units, onChange }: PriceInputProps) {
  const [draft, setDraft] = useState<string>();
  const take = () => {
    if (draft === undefined) return;
    setDraft(undefined);
    const wanted = draft === "" ? undefined : Math.round(Math.max(0, Number(draft)) * units);
    if (wanted !== minor) onChange(wanted);
  };
  return (
    <label>
      <span>{label}</span>
      <input
        type="number"
        inputMode="decimal"
        min={0}
        step="any"
        placeholder={`${hint}`}
        value={draft ?? (minor === undefined ? "" : minor / units)}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === "Enter" && take()}
      />
    </label>
  );
}
