import { Trash2, Volume2, VolumeX } from "lucide-react";
import type { Selection } from "vitrine";
import { ConfirmButton } from "./ConfirmButton.tsx";
import styles from "./PartActions.module.css";
import { glassTexts } from "./texts.ts";
import { useCommand } from "./useCommand.ts";

interface PartActionsProps {
  selection: Selection;
  /** The name that is shown to the shopper. */
  name: string;
  isMuted: boolean;
}

/** Mutes or deletes an event, or everything about a product or a department. */
export function PartActions({ selection, name, isMuted }: PartActionsProps) {
  const { emit, isBusy } = useCommand();
  const { parts } = glassTexts();
  const muteLabel = isMuted ? parts.unmute(name) : parts.mute(name);
  const Icon = isMuted ? Volume2 : VolumeX;
  return (
    <div className={styles.actions}>
      <button
        type="button"
        className="icon-button"
        aria-label={muteLabel}
        title={muteLabel}
        aria-disabled={isBusy}
        onClick={() =>
          emit((recommender) =>
            isMuted ? recommender.unmute(selection) : recommender.mute(selection),
          )
        }
      >
        <Icon aria-hidden="true" size={18} />
      </button>
      <ConfirmButton
        className="icon-button"
        label={parts.remove(name)}
        question={"seq" in selection ? parts.removeOne(name) : parts.removeAll(name)}
        yes={parts.removeYes}
        no={parts.keep}
        isDisabled={isBusy}
        onConfirm={() => emit((recommender) => recommender.forget(selection))}
      >
        <Trash2 aria-hidden="true" size={18} />
      </ConfirmButton>
    </div>
  );
}
