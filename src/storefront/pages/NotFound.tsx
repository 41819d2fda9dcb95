import { Link } from "wouter";
import { strings } from "../strings.ts";

export function NotFound({ text = strings.notFound.text }: { text?: string }) {
  return (
    <div className="notice">
      <title>{strings.pageTitle(strings.notFound.title)}</title>
      <h1>{strings.notFound.title}</h1>
      <p>{text}</p>
      <Link href="/" className="button button--primary">
        {strings.notFound.home}
      </Link>
    </div>
  );
}
