import type { Strategy } from "../engine/ranking/shelfRequest.ts";
import type { ReasonTexts } from "./reasonLine.ts";

/** The texts of a shelf. Functions take formatted values. */
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
  reason: ReasonTexts;
}

export const ENGLISH: Texts = {
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
  reason: {
    pinned: "Chosen by the shop",
    popular: "Popular with other shoppers",
    range: "From our range",
    bought: "You bought it before",
    carted: "You put it in your cart",
    saved: "You saved it",
    rated: "You rated it",
    viewed: (times) => (times === 1 ? "You looked at it" : `You looked at it ${times} times`),
    alsoLookedAt: (title) => `Often viewed with ${title}`,
    alsoLookedAtAny: "Often viewed with what you looked at",
    similar: (title) => `Similar to ${title}`,
    similarToAny: "Similar to what you looked at",
  },
};

const known: Record<string, Texts> = { en: ENGLISH };

/** Adds the texts of more languages. */
export function addLanguages(languages: Record<string, Texts>): void {
  Object.assign(known, languages);
}

/** The texts of a locale's language, or English ones. */
export function textsFor(locale: string): Texts {
  return known[languageOf(locale)] ?? ENGLISH;
}

/** "de-AT" → "de". */
export function languageOf(locale: string): string {
  return locale.toLowerCase().split("-")[0]!;
}
