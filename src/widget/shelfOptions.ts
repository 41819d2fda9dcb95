import { STRATEGIES } from "../engine/ranking/shelfRequest.ts";
import {
  choiceOption,
  choicesOption,
  listOption,
  numberOption,
  type OptionValues,
  ratioOption,
  textOption,
} from "./option.ts";

/** What a card can show besides its title. */
export const CARD_PARTS = [
  "image",
  "badge",
  "brand",
  "rating",
  "price",
  "list-price",
  "reason",
  "dismiss",
] as const;
export type CardPart = (typeof CARD_PARTS)[number];

const COUNT = { min: 1, max: 200, step: "whole" } as const;

/**
 * Every option of `<vitrine-shelf>`. The name is that of the attribute (whose case does not matter) and
 * of the property; `optionTexts.ts` documents each.
 */
export const SHELF_OPTIONS = {
  strategy: choiceOption(STRATEGIES, "for-you"),
  limit: numberOption(COUNT, 8),
  heading: textOption(),
  layout: choiceOption(["row", "grid"], "row"),
  columns: numberOption({ min: 1, max: 12 }, undefined),
  phoneColumns: numberOption({ min: 1, max: 6 }, undefined),
  imageRatio: ratioOption(),
  imageFit: choiceOption(["cover", "contain"], "cover"),
  show: choicesOption(CARD_PARTS, CARD_PARTS),
  minScore: numberOption({ min: 0, max: 1 }, 0),
  fallback: choiceOption(["trending", "none"], "trending"),
  minCards: numberOption({ ...COUNT, min: 0 }, 1),
  productId: textOption(),
  exclude: listOption(),
  among: listOption(),
  pin: listOption(),
  boost: listOption(),
  bury: listOption(),
  maxPerBrand: numberOption(COUNT, undefined),
  maxPerCategory: numberOption(COUNT, undefined),
  diversity: numberOption({ min: 0, max: 10 }, undefined),
  personalization: numberOption({ min: 0, max: 1 }, undefined),
  experiment: numberOption({ min: 0, max: 0.5 }, undefined),
  currency: textOption(),
  locale: textOption(),
};

export type ShelfOptions = OptionValues<typeof SHELF_OPTIONS>;
