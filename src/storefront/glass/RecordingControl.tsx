import type { Recommender, Recording } from "vitrine";
import { useEngine, useShop } from "../ShopContext.tsx";
import { useStore } from "../state/useStore.ts";
import { ConfirmButton } from "./ConfirmButton.tsx";
import glass from "./GlassRoom.module.css";
import { glassTexts } from "./texts.ts";
import { useCommand } from "./useCommand.ts";

/** Whether events are recorded, the reason, and a button that changes it. */
export function RecordingControl() {
  const { status } = useEngine();
  const isPlayed = useStore(useShop().demo, (played) => played !== undefined);
  const { emit, isBusy } = useCommand();
  const { recording: texts } = glassTexts();
  if (status === undefined) return null;
  const { recording, consent } = status;
  const state = recording.because ?? "recorded";
  // A demo shopper always is a guest.
  const next = isPlayed ? undefined : nextStep(recording);
  return (
    <section className={glass.section} aria-labelledby="recording" data-recording={state}>
      <h2 id="recording">{texts.title}</h2>
      <p className={glass.lead}>{texts.states[state]}</p>
      <div className={glass.actions}>
        {next && (
          <button
            type="button"
            className={recording.to === "browser" ? "button" : "button button--primary"}
            aria-disabled={isBusy}
            onClick={() => emit(next.command)}
          >
            {texts.steps[next.name]}
          </button>
        )}
        {consent === "granted" && state !== "guest" && (
          <ConfirmButton
            question={texts.refuseConfirm}
            yes={texts.refuseYes}
            no={texts.refuseNo}
            isDisabled={isBusy}
            onConfirm={() => emit((recommender) => recommender.setConsent("refused"))}
          >
            {texts.refuse}
          </ConfirmButton>
        )}
      </div>
      <p className="soft">{texts.consent[consent]}</p>
    </section>
  );
}

type StepName = "pause" | "resume" | "enable" | "grant" | "endGuest";

/** The command that is most likely wanted in this state. */
function nextStep(recording: Recording) {
  const step = (name: StepName, command: (recommender: Recommender) => Promise<void>) => ({
    name,
    command,
  });
  switch (recording.because) {
    case "paused":
      return step("resume", (recommender) => recommender.resume());
    case "global-privacy-control":
      return step("enable", (recommender) => recommender.resume());
    case "consent-awaited":
    case "consent-refused":
      return step("grant", (recommender) => recommender.setConsent("granted"));
    case "guest":
      return step("endGuest", (recommender) => recommender.endGuestVisit());
    default:
      return step("pause", (recommender) => recommender.pause());
  }
}
