import { Cpu } from "lucide-react";
import type { Status } from "vitrine";
import { decimal } from "../language/format.ts";
import { errorText } from "../language/messageText.ts";
import { strings } from "../language/strings.ts";
import { useEngine } from "../ShopContext.tsx";
import styles from "./LearningStatus.module.css";

/** One line under "For you": what the shelf is based on, and the progress of a training. */
export function LearningStatus() {
  const { status, failure } = useEngine();
  const training = status?.training;
  return (
    <p className={styles.status} data-testid="learning-status">
      <Cpu aria-hidden="true" size={16} />
      <span>
        {failure === undefined ? textOf(status) : strings.learning.failed(errorText(failure))}
      </span>
      {training && (
        <progress
          className={styles.progress}
          value={training.epoch}
          max={training.epochs}
          aria-hidden="true"
        />
      )}
    </p>
  );
}

export function textOf(status: Status | undefined): string {
  const texts = strings.learning;
  if (status === undefined) return texts.opening;
  const { training, lastTraining, interactions, store, recording, experiment, network } = status;
  if (recording.to === "nowhere") return texts.stopped[recording.because];
  if (recording.because === "guest" && interactions === 0) return texts.guest;
  if (training) return texts.training(training.epoch, training.epochs, decimal(training.loss, 3));
  if (experiment.inUse === "baseline") return texts.plain;
  const kept = store === "memory" ? ` · ${texts.memoryOnly}` : "";
  // A training whose weights are not in use has changed nothing, so it is not mentioned.
  if (lastTraining && network === "personal")
    return texts.learned(texts.acts(lastTraining.interactions)) + kept;
  return interactions === 0 ? texts.cold : texts.adapting(texts.acts(interactions)) + kept;
}
