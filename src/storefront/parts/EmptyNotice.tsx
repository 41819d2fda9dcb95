import { Link } from "wouter";
import { strings } from "../language/strings.ts";
import { ForYouShelf } from "../shelves/ForYouShelf.tsx";

/** An empty page: explains what will be here, and links back to the shop. */
export function EmptyNotice({ title, text, hint }: { title: string; text: string; hint: string }) {
  return (
    <>
      <div className="notice">
        <title>{strings.pageTitle(title)}</title>
        <h1>{title}</h1>
        <p>{text}</p>
        <p className="soft">{hint}</p>
        <Link href="/" className="button button--primary">
          {strings.cart.browse}
        </Link>
      </div>
      <ForYouShelf />
    </>
  );
}
