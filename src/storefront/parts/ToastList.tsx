import { X } from "lucide-react";
import { useRef } from "react";
import { Link, useLocation } from "wouter";
import { strings } from "../language/strings.ts";
import { useShop } from "../ShopContext.tsx";
import type { Toast } from "../state/toasts.ts";
import { useStore } from "../state/useStore.ts";
import styles from "./ToastList.module.css";
import { useHeldToasts } from "./useHeldToasts.ts";
import { TOAST_KEY, useToastFocus } from "./useToastFocus.ts";

export function ToastList() {
  const { toasts } = useShop();
  const shown = useStore(toasts);
  const list = useRef<HTMLDivElement>(null);
  useHeldToasts(list, toasts);
  useToastFocus(list, toasts);
  return (
    <div className={styles.list} ref={list} role="status" aria-live="polite" aria-atomic="false">
      {shown.map((toast) => (
        <Note key={toast.id} toast={toast} onClose={() => toasts.dismiss(toast.id)} />
      ))}
    </div>
  );
}

function Note({ toast, onClose }: { toast: Toast; onClose: () => void }) {
  const { id, text, isError, action, link } = toast;
  const [location] = useLocation();
  return (
    <div className={isError ? `${styles.toast} ${styles.error}` : styles.toast} data-toast={id}>
      <p>
        {text}
        {(action ?? link) && <span className="visually-hidden"> {strings.toasts.shortcut}</span>}
      </p>
      {action && (
        <button
          type="button"
          aria-keyshortcuts={TOAST_KEY}
          onClick={() => {
            onClose();
            action.run();
          }}
        >
          {action.label ?? strings.card.undo}
        </button>
      )}
      {link && link.href !== location && <Link href={link.href}>{link.label}</Link>}
      <button
        type="button"
        className={styles.close}
        aria-label={strings.toasts.close}
        onClick={onClose}
      >
        <X aria-hidden="true" size={18} />
      </button>
    </div>
  );
}
