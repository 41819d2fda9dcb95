import type { Strategy } from "../engine/ranking/shelfRequest.ts";

/** What a shelf says. Functions take what varies, already formatted. */
export interface Texts {
  headings: Record<Strategy, string>;
  becauseYouViewed(title: string): string;
  loading: string;
  previous: string;
  next: string;
  soldOut: string;
  isNew: string;
  insteadOf: string;
  rating(stars: string, count: number): string;
  dismiss(title: string): string;
  dismissed: string;
  undo: string;
  trending: string;
  alsoLookedAt(title: string): string;
  similar(title: string): string;
  bought: string;
  viewed(times: number): string;
}

const en: Texts = {
  headings: {
    "for-you": "For you",
    "because-you-viewed": "Based on what you viewed",
    related: "Related",
    "bought-together": "Goes well together",
    trending: "Trending now",
    "recently-viewed": "Recently viewed",
    "buy-again": "Buy it again",
    "on-sale": "On sale for you",
    new: "New for you",
  },
  becauseYouViewed: (title) => `Because you viewed ${title}`,
  loading: "Loading",
  previous: "Previous",
  next: "Next",
  soldOut: "Sold out",
  isNew: "New",
  insteadOf: "instead of",
  rating: (stars, count) => `${stars} out of 5 stars, ${count} ratings`,
  dismiss: (title) => `Not for me: ${title}`,
  dismissed: "You won't see this again.",
  undo: "Undo",
  trending: "Popular with other shoppers",
  alsoLookedAt: (title) => `Often viewed with ${title}`,
  similar: (title) => `Similar to ${title}`,
  bought: "You bought it before",
  viewed: (times) => (times === 1 ? "You looked at it" : `You looked at it ${times} times`),
};

const known: Record<string, Texts> = { en };

/** Takes over the texts of more languages. */
export function addLanguages(languages: Record<string, Texts>): void {
  Object.assign(known, languages);
}

/** The texts of a locale's language; English where there are none. */
export function textsFor(locale: string): Texts {
  return known[languageOf(locale)] ?? en;
}

/** "de-AT" → "de". */
export function languageOf(locale: string): string {
  return locale.toLowerCase().split("-")[0]!;
}
