import { createSlices } from "../engine/kit/scheduler.ts";
import type { Strategy } from "../engine/ranking/shelfRequest.ts";
import type { Product } from "../engine/shop/catalog.ts";
import type { PlacedCard, ShelfContent, ShelfPlan } from "../shelf/fillShelf.ts";
import { type Ga4Payload, ga4Payload } from "../shelf/ga4Payload.ts";
import { type ImpressionWatch, impressionsOf, watchImpressions } from "../shelf/impression.ts";
import { knownLocale } from "../shelf/numberFormat.ts";
import type { PageShelves } from "../shelf/pageShelves.ts";
import { type Texts, textsFor } from "../shelf/texts.ts";
import { createCard, createDismissedCard } from "./card.ts";
import { pageShelves } from "./connectShelves.ts";
import { element } from "./element.ts";
import { SHELF_OPTIONS } from "./shelfOptions.ts";
import { rulesOf } from "./shelfRules.ts";
import { createShelfView, type ShelfView } from "./shelfView.ts";
import { fillTemplate } from "./templateCard.ts";
import { withOptions } from "./withOptions.ts";

/** What `select`, `impression` and `dismiss` events carry. */
export interface ShelfDetail {
  products: Product[];
  /** Ready for `dataLayer.push`; `dismiss` has none, since GA4 has no such event. */
  ga4: Ga4Payload | undefined;
}

/** Popular products may fill these up; under any other heading they would be misleading. */
const FILLED_UP: readonly Strategy[] = ["for-you", "related"];

/** Slots of the merchant's own cards, numbered. */
const CARD_SLOT = "vitrine-card-";

/** A card of the shelf: its list item, the content, and its number from 0 on. */
interface CardPlace {
  item: HTMLElement;
  card: PlacedCard;
  index: number;
}

/** On a server there are no elements; importing the class must not fail there. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * `<vitrine-shelf>`: a shelf of recommended products. Its attributes are its state. Like an `<img>` it
 * fires `load` and `error`; a chosen card fires `select`, which can be canceled to stay on the page.
 * Cards that were seen fire `impression`, a dismissed card fires `dismiss`.
 */
export class VitrineShelf extends withOptions(Base, SHELF_OPTIONS) {
  static readonly observedAttributes = Object.keys(SHELF_OPTIONS).map((name) => name.toLowerCase());

  #cards: readonly PlacedCard[] = [];
  #because: Product | undefined;
  #view: ShelfView | undefined;
  #page: PageShelves | undefined;
  #leave: (() => void) | undefined;
  #impressions: ImpressionWatch | undefined;
  readonly #place = {
    element: this,
    plan: () => this.#plan(),
    show: (content: ShelfContent) => this.#show(content),
    fail: (error: Error) => this.#fail(error),
  };

  /** The cards now shown, best first. */
  get cards(): readonly PlacedCard[] {
    return this.#cards;
  }

  /** Asks for new cards. */
  refresh(): void {
    if (this.#leave !== undefined) this.#page?.queue.refresh(this.#place);
  }

  async connectedCallback(): Promise<void> {
    this.keepEarlyOptions();
    this.#view ??= createShelfView(this.attachShadow({ mode: "open" }));
    this.#dress();
    if (!this.#hasFallback()) this.#view.showSkeletons(this, this.#language().texts);
    this.#page = await pageShelves;
    if (!this.isConnected || this.#leave !== undefined) return;
    this.#leave = this.#page.queue.join(this.#place);
  }

  disconnectedCallback(): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#impressions?.stop();
    this.#view?.stop();
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (before === after || this.#leave === undefined) return;
    this.#dress();
    this.refresh();
  }

  #plan(): ShelfPlan {
    const { strategy, limit, minScore, fallback, currency } = this;
    const { diversity, personalization, experiment, among, exclude } = this;
    const productId = this.productId ?? this.#page?.productId();
    const rules = rulesOf(this);
    return {
      request: {
        strategy,
        limit,
        exclude: [...exclude],
        ...(productId !== undefined && { productId }),
        ...(among.length > 0 && { among: [...among] }),
        ...(diversity !== undefined && { diversity }),
        ...(personalization !== undefined && { personalization }),
        ...(experiment !== undefined && { experiment }),
        ...(rules.length > 0 && { rules }),
      },
      minScore,
      fallback: FILLED_UP.includes(strategy) ? fallback : "none",
      currency,
    };
  }

  async #show({ cards, because }: ShelfContent): Promise<void> {
    this.#cards = cards;
    this.#because = because;
    this.#dress();
    this.#impressions?.stop();
    if (cards.length < this.minCards) this.#showNone();
    else if (!(await this.#fill(cards))) return;
    this.dispatchEvent(new Event("load"));
  }

  /** Builds the cards in slices and shows them together; false if the shelf was removed meanwhile. */
  async #fill(cards: readonly PlacedCard[]): Promise<boolean> {
    const leave = this.#leave;
    const slices = createSlices();
    const items: HTMLElement[] = [];
    const own: HTMLElement[] = [];
    for (const card of cards) {
      if (slices.isOver()) await slices.next();
      if (this.#leave !== leave) return false;
      const item = element("li", { part: "item", "data-product-id": card.product.id });
      own.push(...this.#putCard({ item, card, index: items.length }));
      items.push(item);
    }
    for (const old of this.querySelectorAll(`[slot^="${CARD_SLOT}"]`)) old.remove();
    this.append(...own);
    this.#view?.showItems(items);
    this.#impressions = watchImpressions((ids) => this.#seen(ids));
    for (const item of items) this.#impressions.observe(item);
    return true;
  }

  /** Fills the item; returns the merchant's own card, if any, for the light DOM, where the page's styles apply. */
  #putCard(place: CardPlace): HTMLElement[] {
    const { item, card, index } = place;
    const template = this.querySelector("template");
    if (template === null) {
      const style = { show: this.show, ...this.#language(), now: Date.now() };
      const built = createCard(card, style);
      built.addEventListener("click", (event) => this.#click(event, place));
      item.replaceChildren(built);
      return [];
    }
    const name = CARD_SLOT + index;
    const own = element("div", { slot: name });
    own.append(fillTemplate(template, card, this.#language()));
    own.addEventListener("click", (event) => this.#click(event, place));
    item.replaceChildren(element("slot", { name }));
    return [own];
  }

  #click(event: MouseEvent, place: CardPlace): void {
    const target = event.composedPath()[0];
    if (!(target instanceof Element)) return;
    if (target.closest("[part=dismiss], [data-dismiss]") !== null) {
      this.#dismiss(place);
    } else if (target.closest("a, [part=link], [data-select]") !== null) {
      const mayLeave = this.#emit("select", [place.card.product], "select_item");
      if (!mayLeave) event.preventDefault();
    }
  }

  #dismiss(place: CardPlace): void {
    const { item, card, index } = place;
    const productId = card.product.id;
    const gone = createDismissedCard(this.#language().texts);
    gone.querySelector("button")?.addEventListener("click", () => {
      void this.#page?.observe({ type: "not_for_me", productId, hidden: false });
      this.querySelector(`[slot="${CARD_SLOT}${index}"]`)?.remove();
      this.append(...this.#putCard(place));
    });
    void this.#page?.observe({ type: "not_for_me", productId });
    item.replaceChildren(gone);
    gone.querySelector("button")?.focus();
    this.#emit("dismiss", [card.product]);
  }

  #seen(productIds: string[]): void {
    const seen = this.#cards.filter(({ product }) => productIds.includes(product.id));
    void this.#page?.observe(impressionsOf(seen, this.strategy));
    const products = seen.map(({ product }) => product);
    this.#emit("impression", products, "view_item_list");
  }

  /** Returns whether no listener canceled it. */
  #emit(type: string, products: Product[], ga4Event?: Ga4Payload["event"]): boolean {
    const list = {
      strategy: this.strategy,
      heading: this.#heading(),
      products: this.#cards.map(({ product }) => product),
    };
    const ga4 = ga4Event && ga4Payload(ga4Event, list, products);
    const detail: ShelfDetail = { products, ga4 };
    const options = { detail, bubbles: true, composed: true, cancelable: type === "select" };
    return this.dispatchEvent(new CustomEvent(type, options));
  }

  #fail(error: Error): void {
    this.#cards = [];
    this.#showNone();
    this.dispatchEvent(new ErrorEvent("error", { error, message: error.message }));
  }

  #showNone(): void {
    this.#view?.showNone(!this.#hasFallback() && !this.#isBelow());
  }

  #dress(): void {
    this.#view?.dress(this, this.#heading(), this.#language().texts);
  }

  #heading(): string {
    const { texts } = this.#language();
    if (this.heading !== undefined) return this.heading;
    if (this.strategy !== "because-you-viewed" || this.#because === undefined) {
      return texts.headings[this.strategy];
    }
    return texts.becauseYouViewed(this.#because.title);
  }

  #language(): { texts: Texts; locale: string } {
    const locale = knownLocale(this.locale, document.documentElement.lang);
    return { texts: textsFor(locale), locale };
  }

  /** Whether it has content of its own to show instead of cards. */
  #hasFallback(): boolean {
    return [...this.children].some((child) => child.slot === "" && child.localName !== "template");
  }

  /** Below the visible part of the page, its size may change without moving anything the shopper sees. */
  #isBelow(): boolean {
    return this.getBoundingClientRect().top >= window.innerHeight;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "vitrine-shelf": VitrineShelf;
  }
}
