import { useState } from "react";

/** What was typed and not searched for yet; forgotten when another query is searched for. */
interface Draft {
  text: string;
  query: string;
}

/** The text of the search box: the draft, else the query that the page shows results of. */
export function useDraft(query: string) {
  const [draft, setDraft] = useState<Draft>();
  if (draft !== undefined && draft.query !== query) setDraft(undefined);
  return {
    text: draft?.text ?? query,
    setText: (text: string) => setDraft({ text, query }),
    forget: () => setDraft(undefined),
  };
}
