import type { FallbackProps } from "react-error-boundary";
import { Link } from "wouter";
import { errorText } from "../language/messageText.ts";
import { strings } from "../language/strings.ts";

/** Replaces a page that failed to render: the error, and links to continue. */
export function FailedPage({ error }: FallbackProps) {
  const texts = strings.failure;
  return (
    <div className="notice" role="alert">
      <title>{strings.pageTitle(texts.page)}</title>
      <h1>{texts.page}</h1>
      <p>{texts.pageText(errorText(error as Error))}</p>
      {/* Only a new page load requests a part of the shop again that did not load. */}
      <button
        type="button"
        className="button button--primary"
        onClick={() => window.location.reload()}
      >
        {texts.retry}
      </button>{" "}
      <Link href="/" className="button">
        {strings.notFound.home}
      </Link>
    </div>
  );
}
