import { NEW_MS, type Product } from "../engine/shop/catalog.ts";
import type { PlacedCard } from "../shelf/fillShelf.ts";
import { formatMoney, stars, wholePercent } from "../shelf/numberFormat.ts";
import { reasonLine } from "../shelf/reasonLine.ts";
import type { Texts } from "../shelf/texts.ts";
import { element } from "./element.ts";
import { inPageLanguage } from "./pageLanguage.ts";
import type { CardPart } from "./shelfOptions.ts";

export interface CardStyle {
  show: readonly CardPart[];
  texts: Texts;
  locale: string;
  now: number;
}

/** The built-in card. The page can style each of its parts by its `::part` name. */
export function createCard(card: PlacedCard, style: CardStyle): HTMLElement {
  const { product } = card;
  const { show, texts } = style;
  const has = (part: CardPart) => show.includes(part);
  const facts = [
    element("h3", { part: "title" }, [linkTo(product)]),
    has("price") ? priceOf(product, style) : undefined,
    has("brand") || has("rating") ? brandAndRating(product, style) : undefined,
    has("reason") ? element("p", { part: "reason" }, [reasonLine(card, texts.reason)]) : undefined,
  ];
  return element("article", { part: "card", "data-product-id": product.id }, [
    has("image") ? pictureOf(product) : undefined,
    has("badge") ? badgeOf(product, style) : undefined,
    element("div", { part: "facts" }, facts),
    has("dismiss") ? dismissButton(product, texts) : undefined,
  ]);
}

/** A card without content, of the same size as one that has it. */
export function createSkeleton(show: readonly CardPart[]): HTMLElement {
  const has = (part: CardPart) => show.includes(part);
  const line = (part: string) => element("p", { part });
  const facts = [
    line("title"),
    has("price") ? line("price") : undefined,
    has("brand") || has("rating") ? line("details") : undefined,
    has("reason") ? line("reason") : undefined,
  ];
  return element("div", { part: "card skeleton", "aria-hidden": "true" }, [
    has("image") ? element("div", { part: "picture" }) : undefined,
    element("div", { part: "facts" }, facts),
  ]);
}

/** Replaces a card that the shopper has dismissed. */
export function createDismissedCard(texts: Texts): HTMLElement {
  const undo = element("button", { part: "undo", type: "button" }, [texts.undo]);
  return element("div", { part: "card dismissed", role: "status" }, [texts.dismissed, undo]);
}

/** A shop without product pages gets a button, which only fires the `select` event. */
function linkTo({ url, title }: Product): HTMLElement {
  return url === undefined
    ? element("button", { part: "link", type: "button" }, [title])
    : element("a", { part: "link", href: inPageLanguage(url) }, [title]);
}

/** Without a text of its own, since the title next to it names what it shows. */
function pictureOf({ image, title }: Product): HTMLElement {
  const initial = element("span", { part: "initial", "aria-hidden": "true" }, [title.slice(0, 1)]);
  if (image === undefined) return element("div", { part: "picture" }, [initial]);
  const picture = element("img", { part: "image", alt: "", loading: "lazy", decoding: "async" });
  picture.addEventListener("error", () => picture.replaceWith(initial), { once: true });
  picture.src = image.src;
  return element("div", { part: "picture" }, [picture]);
}

function badgeOf(product: Product, { texts, now, locale }: CardStyle): HTMLElement | undefined {
  const { stock, priceMinor, listPriceMinor, addedAt } = product;
  if (stock === 0) return element("span", { part: "badge" }, [texts.soldOut]);
  if (listPriceMinor !== undefined) {
    const less = wholePercent(priceMinor / listPriceMinor - 1, locale);
    return element("span", { part: "badge sale" }, [less]);
  }
  const isNew = addedAt !== undefined && now - Date.parse(addedAt) < NEW_MS;
  return isNew ? element("span", { part: "badge" }, [texts.isNew]) : undefined;
}

function priceOf(product: Product, { show, texts, locale }: CardStyle): HTMLElement {
  const { priceMinor, listPriceMinor, currency } = product;
  const price = formatMoney(priceMinor, currency, locale);
  if (listPriceMinor === undefined || !show.includes("list-price")) {
    return element("p", { part: "price" }, [price]);
  }
  return element("p", { part: "price" }, [
    element("span", { part: "reduced" }, [price]),
    element("span", { class: "unseen" }, [` ${texts.insteadOf} `]),
    element("s", { part: "list-price" }, [formatMoney(listPriceMinor, currency, locale)]),
  ]);
}

function brandAndRating(product: Product, { show, texts, locale }: CardStyle): HTMLElement {
  const { brand, rating } = product;
  const details = element("p", { part: "details" });
  if (rating !== undefined && rating.count > 0 && show.includes("rating")) {
    const value = stars(rating.value, locale);
    const seen = element("span", { part: "rating", "aria-hidden": "true" }, [
      `★ ${value} (${rating.count})`,
    ]);
    const said = element("span", { class: "unseen" }, [texts.rating(value, rating.count)]);
    details.append(seen, said, " ");
  }
  if (brand !== undefined && show.includes("brand"))
    details.append(element("span", { part: "brand" }, [brand]));
  return details;
}

function dismissButton({ title }: Product, texts: Texts): HTMLElement {
  const attributes = { part: "dismiss", type: "button", "aria-label": texts.dismiss(title) };
  return element("button", attributes, ["×"]);
}
