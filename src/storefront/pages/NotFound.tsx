import { Link } from "wouter";
import { strings } from "../language/strings.ts";
import { ForYouShelf } from "../shelves/ForYouShelf.tsx";

interface NotFoundProps {
  title?: string;
  text?: string;
}

export function NotFound({
  title = strings.notFound.title,
  text = strings.notFound.text,
}: NotFoundProps) {
  return (
    <>
      <div className="notice">
        <title>{strings.pageTitle(title)}</title>
        <h1>{title}</h1>
        <p>{text}</p>
        <Link href="/" className="button button--primary">
          {strings.notFound.home}
        </Link>
      </div>
      <ForYouShelf />
    </>
  );
}
