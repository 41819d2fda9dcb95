import { timeOfDay } from "../language/format.ts";
import { useEngine } from "../ShopContext.tsx";
import { glassTexts } from "./texts.ts";

/** After data was deleted or muted: whether a network that never saw it is in use. */
export function RelearningNote() {
  const { status } = useEngine();
  const { relearning: texts } = glassTexts();
  return (
    <div role="status" data-relearning={stateOf(status?.relearning)}>
      {status?.relearning && <p className="notice">{textOf(status.relearning)}</p>}
    </div>
  );

  function textOf({ doneAt }: { doneAt?: number }): string {
    if (doneAt === undefined) return texts.going;
    const time = timeOfDay(doneAt);
    return status?.lastTraining === undefined ? texts.nothingLeft(time) : texts.done(time);
  }
}

function stateOf(relearning: { doneAt?: number } | undefined): string {
  if (relearning === undefined) return "none";
  return relearning.doneAt === undefined ? "going" : "done";
}
