import { Download, Upload } from "lucide-react";
import { useState } from "react";
import { MAX_FILE_BYTES } from "vitrine/inspect";
import { megabytes } from "../language/format.ts";
import { errorText } from "../language/messageText.ts";
import { useEngine, useShop } from "../ShopContext.tsx";
import { shopTextsOf, takeIn } from "../shop/shopTexts.ts";
import { ConfirmButton } from "./ConfirmButton.tsx";
import glass from "./GlassRoom.module.css";
import { saveFile } from "./saveFile.ts";
import { glassTexts } from "./texts.ts";
import { useCommand } from "./useCommand.ts";

const SHORTEST_PASSPHRASE = 8;

/** Everything in one file, out and in. */
export function PortData() {
  const { port: texts } = glassTexts();
  return (
    <section className={glass.section} aria-labelledby="port">
      <h2 id="port">{texts.title}</h2>
      <p className={glass.lead}>{texts.lead}</p>
      <div className={glass.columns}>
        <ExportForm />
        <ImportForm />
      </div>
    </section>
  );
}

function ExportForm() {
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
        minLength={SHORTEST_PASSPHRASE}
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

type Mode = "merge" | "replace";

function ImportForm() {
  const { recommender } = useEngine();
  const shop = useShop();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState("");
  const [mode, setMode] = useState<Mode>("merge");
  const [state, setState] = useState<"busy" | { text: string }>();
  const { port: texts } = glassTexts();
  const isReady = file !== undefined && recommender !== undefined && state !== "busy";
  const read = async () => {
    if (!isReady) return;
    if (file.size > MAX_FILE_BYTES) return setState({ text: tooLarge(file) });
    setState("busy");
    try {
      const given = { mode, ...(passphrase && { passphrase }) };
      const { events, page } = await recommender.importFile(await file.arrayBuffer(), given);
      takeIn(shop, page, mode);
      setState(undefined);
      shop.toasts.show(texts.imported(events));
    } catch (error) {
      setState({ text: texts.failed(errorText(error)) });
    }
  };
  return (
    <form
      className={glass.form}
      onSubmit={(event) => {
        event.preventDefault();
        void read();
      }}
    >
      <h3>{texts.import}</h3>
      <label htmlFor="import-file">{texts.file}</label>
      <input
        id="import-file"
        type="file"
        accept=".json,application/json"
        onChange={({ target }) => setFile(target.files?.[0])}
      />
      <label htmlFor="import-passphrase">{texts.passphrase}</label>
      <input
        id="import-passphrase"
        type="password"
        className={glass.field}
        autoComplete="off"
        value={passphrase}
        onChange={({ target }) => setPassphrase(target.value)}
      />
      <ModeChoice mode={mode} onChange={setMode} />
      {mode === "merge" ? (
        <button type="submit" className="button" aria-disabled={!isReady}>
          <Upload aria-hidden="true" size={16} />
          {texts.read}
        </button>
      ) : (
        <ConfirmButton
          question={texts.replaceConfirm}
          yes={texts.replaceYes}
          no={texts.replaceNo}
          isDisabled={!isReady}
          onConfirm={() => void read()}
        >
          <Upload aria-hidden="true" size={16} />
          {texts.read}
        </ConfirmButton>
      )}
      <p role="alert" className={glass.error}>
        {typeof state === "object" && state.text}
      </p>
    </form>
  );
}

function ModeChoice({ mode, onChange }: { mode: Mode; onChange: (mode: Mode) => void }) {
  const { port: texts } = glassTexts();
  return (
    <fieldset className={glass.choice}>
      <legend>{texts.mode}</legend>
      {(["merge", "replace"] as const).map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="import-mode"
            checked={mode === one}
            onChange={() => onChange(one)}
          />{" "}
          {texts.modes[one]}
        </label>
      ))}
    </fieldset>
  );
}

function tooLarge({ size }: File): string {
  const { tooLarge, failed } = glassTexts().port;
  return failed(tooLarge(megabytes(size), megabytes(MAX_FILE_BYTES)));
}
