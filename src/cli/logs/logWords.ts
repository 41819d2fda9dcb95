import type { LogEventType } from "./logRow.ts";

/** The names of events in shops' logs, letters only; "" for events that show no interest. */
const WORDS: Record<LogEventType | "", string> = {
  view: "view views viewed viewitem itemview viewproduct productview productviewed viewcontent detail detailview pv",
  cart: "cart addtocart addcart cartadd addedtocart productadded addtobasket basket addtobag",
  wishlist: "wishlist addtowishlist fav favorite favourite favorites productaddedtowishlist",
  purchase:
    "purchase purchased transaction buy bought order ordered orders sale orderplaced ordercompleted checkoutcompleted",
  refund:
    "refund refunded return returned cancel cancelled canceled cancellation orderrefunded ordercancelled",
  "": "removefromcart removecart cartremove removefromwishlist begincheckout checkout checkoutstarted addpaymentinfo addshippinginfo viewitemlist selectitem viewcart viewpromotion selectpromotion pageview sessionstart firstvisit userengagement scroll click search viewsearchresults impression productclicked productlistviewed",
};

const MEANINGS = new Map(
  Object.entries(WORDS).flatMap(([type, words]) =>
    words.split(" ").map((word) => [word, type as LogEventType | ""] as const),
  ),
);

/** The meaning of an event's name; "" if it is to be skipped, undefined if it is unknown. */
export function meaningOfWord(
  word: string,
  own: Readonly<Record<string, string>> = {},
): LogEventType | "" | undefined {
  if (Object.hasOwn(own, word)) return own[word] === "none" ? "" : (own[word] as LogEventType);
  return MEANINGS.get(word.toLowerCase().replace(/[^a-z]/g, ""));
}

/** All words with their meanings, letters only. */
export function knownWords(): ReadonlyMap<string, LogEventType | ""> {
  return MEANINGS;
}
