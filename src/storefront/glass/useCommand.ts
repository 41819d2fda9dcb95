import { useState } from "react";
import type { Recommender } from "vitrine";
import { errorText } from "../language/messageText.ts";
import { useEngine, useShop } from "../ShopContext.tsx";

/** Runs one recommender command at a time; a failure is shown. */
export function useCommand() {
  const { toasts } = useShop();
  const { recommender } = useEngine();
  const [isBusy, setIsBusy] = useState(false);
  const emit = (command: (recommender: Recommender) => Promise<unknown>) => {
    if (recommender === undefined || isBusy) return;
    setIsBusy(true);
    command(recommender)
      .catch((error: Error) => toasts.showError(errorText(error)))
      .finally(() => setIsBusy(false));
  };
  return { emit, isBusy: isBusy || recommender === undefined };
}
