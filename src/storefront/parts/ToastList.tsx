import { useShop } from "../ShopContext.tsx";
import { strings } from "../strings.ts";
import { useStore } from "../useStore.ts";
import styles from "./ToastList.module.css";

export function ToastList() {
  const { toasts } = useShop();
  const shown = useStore(toasts);
  return (
    <div className={styles.list} role="status" aria-live="polite">
      {shown.map(({ id, text, isError, action }) => (
        <p key={id} className={isError ? `${styles.toast} ${styles.error}` : styles.toast}>
          <span>{text}</span>
          {action && (
            <button
              type="button"
              onClick={() => {
                toasts.dismiss(id);
                action.run();
              }}
            >
              {action.label ?? strings.card.undo}
            </button>
          )}
        </p>
      ))}
    </div>
  );
}
