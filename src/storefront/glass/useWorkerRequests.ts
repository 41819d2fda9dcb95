import { useEffect, useState } from "react";
import type { RequestEntry } from "vitrine/inspect";
import { errorText } from "../language/messageText.ts";
import { useEngine, useShop } from "../ShopContext.tsx";

const ASK_AGAIN_MS = 1000;

/** The requests of the recommender's worker, polled; undefined until it answers. */
export function useWorkerRequests(): RequestEntry[] | undefined {
  const { recommender } = useEngine();
  const { toasts } = useShop();
  const [requests, setRequests] = useState<RequestEntry[]>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const ask = () =>
      recommender?.requests().then(
        (answer) => {
          if (!isCurrent) return;
          setRequests(answer);
          timer = setTimeout(ask, ASK_AGAIN_MS);
        },
        (error: Error) => toasts.showError(errorText(error)),
      );
    ask();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [recommender, toasts]);
  return requests;
}
