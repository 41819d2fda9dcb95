import { EyeOff, Pause, Play } from "lucide-react";
import type { Recommender } from "vitrine";
import { errorText } from "../language/messageText.ts";
import { strings } from "../language/strings.ts";
import { useEnginePart, usePersonalization, useShop } from "../ShopContext.tsx";
import { useStore } from "../state/useStore.ts";
import styles from "./ShelfControls.module.css";

/** Controls of the recommender: how personal it is, pause, and guest mode. */
export function ShelfControls() {
  const { demo } = useShop();
  // A demo shopper always is a guest.
  const isPlayed = useStore(demo, (played) => played !== undefined);
  return (
    <div className={styles.controls}>
      <PersonalSlider />
      {!isPlayed && <RecordingButtons />}
    </div>
  );
}

function RecordingButtons() {
  const { toasts } = useShop();
  const recommender = useEnginePart((state) => state.recommender);
  const to = useEnginePart(({ status }) => status?.recording.to);
  const because = useEnginePart(({ status }) => status?.recording.because);
  const texts = strings.controls;
  // A refusal is given and revoked in the glass room.
  const isPaused = to === "nowhere" && because !== "consent-refused";
  const isGuest = because === "guest";
  const emit = (change: (recommender: Recommender) => Promise<void>, done: string) => {
    if (recommender === undefined) return;
    change(recommender).then(
      () => toasts.show(done),
      (error: Error) => toasts.showError(texts.failed(errorText(error))),
    );
  };
  return (
    <>
      <button
        type="button"
        className="button button--symbol"
        title={isPaused ? texts.resume : texts.pause}
        disabled={recommender === undefined}
        onClick={() =>
          isPaused
            ? emit((engine) => engine.resume(), texts.resumed)
            : emit((engine) => engine.pause(), texts.paused)
        }
      >
        {isPaused ? <Play aria-hidden="true" size={16} /> : <Pause aria-hidden="true" size={16} />}
        <span>{isPaused ? texts.resume : texts.pause}</span>
      </button>
      <button
        type="button"
        className="button button--symbol"
        title={texts.guest}
        aria-pressed={isGuest}
        disabled={recommender === undefined}
        onClick={() =>
          isGuest
            ? emit((engine) => engine.endGuestVisit(), texts.guestEnded)
            : emit((engine) => engine.startGuestVisit(), texts.guestStarted)
        }
      >
        <EyeOff aria-hidden="true" size={16} />
        <span>{texts.guest}</span>
      </button>
    </>
  );
}

function PersonalSlider() {
  const { personalization } = useShop();
  const share = usePersonalization();
  const texts = strings.controls;
  return (
    <label className={styles.slider}>
      <span aria-hidden="true">{texts.neutral}</span>
      <input
        type="range"
        min={0}
        max={1}
        step={0.25}
        value={share}
        aria-label={texts.slider}
        aria-valuetext={texts.share(Math.round(100 * share))}
        onChange={(event) => personalization.set(event.target.valueAsNumber)}
      />
      <span aria-hidden="true">{texts.personal}</span>
    </label>
  );
}
