import { errorText } from "../language/messageText.ts";
import { strings } from "../language/strings.ts";
import { Sign } from "./Header.tsx";

/** Shown if the catalog cannot be loaded: the reason, and a button to try again. */
export function FailureNotice({ error }: { error: Error }) {
  return (
    <main className="page">
      <Sign />
      <div className="notice" role="alert">
        <h1>{strings.failure.title}</h1>
        <p>{navigator.onLine ? strings.failure.text(errorText(error)) : strings.failure.offline}</p>
        <button
          type="button"
          className="button button--primary"
          onClick={() => window.location.reload()}
        >
          {strings.failure.retry}
        </button>
      </div>
    </main>
  );
}
