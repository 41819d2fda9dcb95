import { Download } from "lucide-react";
import { useState } from "react";
import { useShop } from "../ShopContext.tsx";
import { shopTextsOf } from "../shop/shopTexts.ts";
import glass from "./GlassRoom.module.css";
import { saveFile } from "./saveFile.ts";
import { glassTexts } from "./texts.ts";
import { useCommand } from "./useCommand.ts";

/** In characters. */
const MIN_PASSPHRASE_LENGTH = 8;

/** Saves everything in one file, encrypted if a passphrase is given. */
export function ExportForm() {
  const { emit, isBusy } = useCommand();
  const shop = useShop();
  const [passphrase, setPassphrase] = useState("");
  const { port: texts } = glassTexts();
  const save = () =>
    emit(async (recommender) => {
      const page = shopTextsOf(shop);
      const bytes = await recommender.exportFile({ page, ...(passphrase && { passphrase }) });
      const date = new Date().toISOString().slice(0, 10);
      saveFile(new Blob([bytes], { type: "application/json" }), `vitrine-${date}.json`);
    });
  return (
    <form
      className={glass.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h3>{texts.export}</h3>
      <label htmlFor="export-passphrase">{texts.passphraseNew}</label>
      <input
        id="export-passphrase"
        type="password"
        className={glass.field}
        autoComplete="new-password"
        minLength={MIN_PASSPHRASE_LENGTH}
        value={passphrase}
        onChange={({ target }) => setPassphrase(target.value)}
      />
      <p className="soft">{passphrase === "" ? texts.plain : texts.sealed}</p>
      <button type="submit" className="button" aria-disabled={isBusy}>
        <Download aria-hidden="true" size={16} />
        {texts.save}
      </button>
    </form>
  );
}
