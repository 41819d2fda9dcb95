import { useEffect, useState } from "react";
import type { Recommender, Status } from "vitrine";
import { errorText } from "../language/messageText.ts";
import { useEngine, useShop } from "../ShopContext.tsx";

/**
 * The recommender's answer to `ask`, requested again whenever the shopper's history or the network has
 * changed; undefined until it answers. `about` identifies what else the request depends on.
 */
export function useHistory<Answer>(
  ask: (recommender: Recommender) => Promise<Answer>,
  about = "",
): Answer | undefined {
  const { toasts } = useShop();
  const { recommender, status } = useEngine();
  const [given, setGiven] = useState<{ about: string; answer: Answer }>();
  const version = status && historyVersion(status);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` is a new function in every render
  useEffect(() => {
    let isCurrent = true;
    if (recommender === undefined) return;
    ask(recommender)
      .then((answer) => isCurrent && setGiven({ about, answer }))
      .catch((error: Error) => isCurrent && toasts.showError(errorText(error)));
    return () => {
      isCurrent = false;
    };
  }, [recommender, toasts, version, about]);
  return given?.about === about ? given.answer : undefined;
}

/** Changes with the history and the network, but not with the epochs of a training. */
function historyVersion(status: Status): string {
  const { events, network, lastTraining, relearning, muted, recording, retentionDays } = status;
  const parts = { events, network, at: lastTraining?.at, relearning, muted, recording };
  return JSON.stringify({ ...parts, retentionDays });
}
