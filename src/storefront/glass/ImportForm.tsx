import { Upload } from "lucide-react";
import { useState } from "react";
import { ConfirmButton } from "./ConfirmButton.tsx";
import glass from "./GlassRoom.module.css";
import { glassTexts } from "./texts.ts";
import { type ImportMode, useImport } from "./useImport.ts";

/** Reads a file that the export form has saved. */
export function ImportForm() {
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState("");
  const [mode, setMode] = useState<ImportMode>("merge");
  const { isReady, read, failure } = useImport({ file, passphrase, mode });
  const { port: texts } = glassTexts();
  return (
    <form
      className={glass.form}
      onSubmit={(event) => {
        event.preventDefault();
        read();
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
      <ImportButton mode={mode} isReady={isReady} onConfirm={read} />
      <p role="alert" className={glass.error}>
        {failure}
      </p>
    </form>
  );
}

interface ImportButtonProps {
  mode: ImportMode;
  isReady: boolean;
  onConfirm: () => void;
}

/** Replacing needs a confirmation, since it deletes data. */
function ImportButton({ mode, isReady, onConfirm }: ImportButtonProps) {
  const { port: texts } = glassTexts();
  const content = (
    <>
      <Upload aria-hidden="true" size={16} />
      {texts.read}
    </>
  );
  if (mode === "merge") {
    return (
      <button type="submit" className="button" aria-disabled={!isReady}>
        {content}
      </button>
    );
  }
  return (
    <ConfirmButton
      question={texts.replaceConfirm}
      yes={texts.replaceYes}
      no={texts.replaceNo}
      isDisabled={!isReady}
      onConfirm={onConfirm}
    >
      {content}
    </ConfirmButton>
  );
}

interface ModeChoiceProps {
  mode: ImportMode;
  onChange: (mode: ImportMode) => void;
}

function ModeChoice({ mode, onChange }: ModeChoiceProps) {
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
