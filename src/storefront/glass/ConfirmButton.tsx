import { useState } from "react";
import styles from "./ConfirmButton.module.css";

interface ConfirmButtonProps {
  /** The content of the button. */
  children: React.ReactNode;
  /** What a screen reader says for it, if that differs. */
  label?: string;
  question: string;
  yes: string;
  no: string;
  className?: string;
  isDisabled?: boolean;
  onConfirm: () => void;
}

/** A button that asks for confirmation, in its place, before it does something irreversible. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { children, label, question, yes, no, className = "button", isDisabled = false } = props;
  const [state, setState] = useState<"untouched" | "asking" | "answered">("untouched");
  if (state !== "asking") {
    return (
      <button
        type="button"
        className={className}
        aria-label={label}
        title={label}
        // Not `disabled`, which would take the focus away while the answer is being carried out.
        aria-disabled={isDisabled}
        // biome-ignore lint/a11y/noAutofocus: after the answer the focus is where the question came from
        autoFocus={state === "answered"}
        onClick={() => !isDisabled && setState("asking")}
      >
        {children}
      </button>
    );
  }
  return (
    <div className={styles.confirm} role="alertdialog" aria-label={question}>
      <p>{question}</p>
      {/* biome-ignore lint/a11y/noAutofocus: the question is the answer to a press of this very button */}
      <button type="button" className="button" autoFocus onClick={() => setState("answered")}>
        {no}
      </button>
      <button
        type="button"
        className="button button--danger"
        onClick={() => {
          setState("answered");
          props.onConfirm();
        }}
      >
        {yes}
      </button>
    </div>
  );
}
