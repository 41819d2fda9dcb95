import { useEffect, useState } from "react";
import type { RequestEntry } from "vitrine/inspect";
import { errorText } from "../language/messageText.ts";
import { useEngine, useShop } from "../ShopContext.tsx";

const ASK_AGAIN_MS = 1000;

/** What the recommender's worker requested, asked again while one looks; undefined until it answers. */
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
