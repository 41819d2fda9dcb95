import { useState } from "react";
import { MAX_FILE_BYTES } from "vitrine/inspect";
import { megabytes } from "../language/format.ts";
import { errorText } from "../language/messageText.ts";
import { useEngine, useShop } from "../ShopContext.tsx";
import { takeIn } from "../shop/shopTexts.ts";
import { glassTexts } from "./texts.ts";

export type ImportMode = "merge" | "replace";

interface ImportOptions {
  file: File | undefined;
  /** Empty for a file that is not encrypted. */
  passphrase: string;
  mode: ImportMode;
}

/** Imports a file; `failure` is why the last try failed. Until it `isReady`, `read` does nothing. */
export function useImport({ file, passphrase, mode }: ImportOptions) {
  const { recommender } = useEngine();
  const shop = useShop();
  const [state, setState] = useState<"busy" | { failure: string }>();
  const { port: texts } = glassTexts();
  const isReady = file !== undefined && recommender !== undefined && state !== "busy";

  async function read(): Promise<void> {
    if (!isReady) return;
    if (file.size > MAX_FILE_BYTES) return setState({ failure: tooLarge(file) });
    setState("busy");
    try {
      const given = { mode, ...(passphrase && { passphrase }) };
      const { events, page } = await recommender.importFile(await file.arrayBuffer(), given);
      takeIn(shop, page, mode);
      setState(undefined);
      shop.toasts.show(texts.imported(events));
    } catch (error) {
      setState({ failure: texts.failed(errorText(error)) });
    }
  }

  return { isReady, read: () => void read(), failure: state === "busy" ? "" : state?.failure };
}

function tooLarge({ size }: File): string {
  const { tooLarge, failed } = glassTexts().port;
  return failed(tooLarge(megabytes(size), megabytes(MAX_FILE_BYTES)));
}
