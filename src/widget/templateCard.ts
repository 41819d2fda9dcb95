import type { PlacedCard } from "../shelf/fillShelf.ts";
import { formatMoney } from "../shelf/numberFormat.ts";
import { reasonLine } from "../shelf/reasonLine.ts";
import type { Texts } from "../shelf/texts.ts";
import { inPageLanguage } from "./pageLanguage.ts";

/** The facts that a merchant's own card can show. */
export const FACTS = [
  "id",
  "title",
  "url",
  "image",
  "image-alt",
  "price",
  "list-price",
  "brand",
  "rating",
  "rating-count",
  "description",
  "reason",
  "score",
] as const;
export type Fact = (typeof FACTS)[number];

/** Attributes that are set to a fact, by the `data-` attribute that requests it. */
const TARGETS = { href: "href", src: "src", alt: "alt", label: "aria-label" } as const;

/**
 * A copy of the merchant's `<template>`, filled with the card's facts: `data-text="title"` becomes the
 * element's text; `data-href`, `data-src`, `data-alt` and `data-label` (aria-label) set the attribute; an
 * element with `data-if="list-price"` is removed if that is unknown.
 */
export function fillTemplate(
  template: HTMLTemplateElement,
  card: PlacedCard,
  style: { texts: Texts; locale: string },
): DocumentFragment {
  const facts = factsOf(card, style);
  const copy = template.content.cloneNode(true) as DocumentFragment;
  const factOf = (asking: Element, attribute: string) =>
    facts[asking.getAttribute(attribute) as Fact];
  for (const asking of copy.querySelectorAll("[data-if]")) {
    if (factOf(asking, "data-if") === undefined) asking.remove();
  }
  for (const asking of copy.querySelectorAll("[data-text]")) {
    asking.textContent = factOf(asking, "data-text") ?? "";
  }
  for (const [name, attribute] of Object.entries(TARGETS)) {
    for (const asking of copy.querySelectorAll(`[data-${name}]`)) {
      const fact = factOf(asking, `data-${name}`);
      if (fact !== undefined && fits(attribute, asking.getAttribute(`data-${name}`)!)) {
        asking.setAttribute(attribute, fact);
      }
    }
  }
  return copy;
}

/** Only addresses, which the catalog's parser has checked, may become links and sources. */
function fits(attribute: string, fact: string): boolean {
  const isAddress = attribute === "href" || attribute === "src";
  return !isAddress || fact === "url" || fact === "image";
}

function factsOf(
  card: PlacedCard,
  { texts, locale }: { texts: Texts; locale: string },
): Record<Fact, string | undefined> {
  const { product, recommendation } = card;
  const { id, title, url, image, brand, rating, description, currency } = product;
  const { priceMinor, listPriceMinor } = product;
  return {
    id,
    title,
    url: url && inPageLanguage(url),
    image: image?.src,
    "image-alt": image?.alt,
    price: formatMoney(priceMinor, currency, locale),
    "list-price":
      listPriceMinor === undefined ? undefined : formatMoney(listPriceMinor, currency, locale),
    brand,
    rating: rating && String(rating.value),
    "rating-count": rating && String(rating.count),
    description,
    reason: reasonLine(card, texts.reason),
    score: recommendation.score?.toString(), // A frame keeps it.
  };
}
