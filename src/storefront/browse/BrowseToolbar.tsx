import { Sparkles } from "lucide-react";
import type { Ref } from "react";
import { strings } from "../language/strings.ts";
import styles from "./BrowseToolbar.module.css";
import type { Sort } from "./sortProducts.ts";
import type { Browse } from "./useBrowse.ts";

interface BrowseToolbarProps {
  count: number;
  /** The `sorts` of `ProductBrowser`. */
  sorts: readonly [Sort, Sort, ...Sort[]];
  browse: Browse;
  /** The start of the results, which can take the focus. */
  status: Ref<HTMLParagraphElement>;
}

/** The number of products, their order, and whether that order is personal. */
export function BrowseToolbar({ count, sorts, browse, status }: BrowseToolbarProps) {
  const { sort, sortBy } = browse;
  const [personal, neutral] = sorts;
  const isPersonal = sort === personal;
  return (
    <div className={styles.toolbar}>
      <p className={styles.count} role="status" ref={status} tabIndex={-1}>
        {strings.home.itemCount(count)}
      </p>
      <button
        type="button"
        role="switch"
        aria-checked={isPersonal}
        className={styles.switch}
        onClick={() => sortBy(isPersonal ? neutral : personal)}
      >
        <Sparkles aria-hidden="true" size={16} />
        <span className={styles.words}>{strings.browse.personal}</span>
        <span className={styles.track} aria-hidden="true" />
      </button>
      <label className={styles.sort}>
        <span>{strings.department.sort}</span>
        <select value={sort} onChange={(event) => sortBy(event.target.value as Sort)}>
          {sorts.map((name) => (
            <option key={name} value={name}>
              {strings.department.sorts[name]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
