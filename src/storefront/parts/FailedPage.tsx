import type { FallbackProps } from "react-error-boundary";
import { Link } from "wouter";
import { errorText } from "../language/messageText.ts";
import { strings } from "../language/strings.ts";

/** In the place of a page that failed while rendering: why, and the ways on. */
export function FailedPage({ error }: FallbackProps) {
  const texts = strings.failure;
  return (
    <div className="notice" role="alert">
      <title>{strings.pageTitle(texts.page)}</title>
      <h1>{texts.page}</h1>
      <p>{texts.pageText(errorText(error as Error))}</p>
      {/* A part of the shop that did not load is asked for again by a new page only. */}
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
