import { useSyncExternalStore } from "react";
import { useShop } from "../ShopContext.tsx";
import { strings } from "../strings.ts";
import styles from "./ToastList.module.css";

export function ToastList() {
  const { toasts } = useShop();
  const shown = useSyncExternalStore(toasts.subscribe, toasts.get);
  return (
    <div className={styles.list} role="status" aria-live="polite">
      {shown.map(({ id, text, isError, undo }) => (
        <p key={id} className={isError ? `${styles.toast} ${styles.error}` : styles.toast}>
          <span>{text}</span>
          {undo && (
            <button
              type="button"
              onClick={() => {
                toasts.dismiss(id);
                undo();
              }}
            >
              {strings.card.undo}
            </button>
          )}
        </p>
      ))}
    </div>
  );
}
