import { SOURCES } from "../capture/source.ts";
import { CONSENT_MODES } from "../engine/events/consent.ts";
import {
  choiceOption,
  choicesOption,
  numberOption,
  type OptionValues,
  textOption,
} from "./option.ts";

/**
 * Every option of the script tag. The name is that of the attribute after `data-`, with hyphens for
 * capitals: `dataLayer` is `data-data-layer`. `optionTexts.ts` documents each.
 */
export const TAG_OPTIONS = {
  catalog: textOption(),
  currency: textOption(),
  pack: textOption(),
  consent: choiceOption(CONSENT_MODES, "auto"),
  experiment: numberOption({ min: 0, max: 0.5 }, 0.1),
  sources: choicesOption(SOURCES, SOURCES),
  dataLayer: textOption(),
  events: textOption(),
  selectors: textOption(),
  database: textOption(),
  worker: textOption(),
  frame: textOption(),
};

export type TagOptions = OptionValues<typeof TAG_OPTIONS>;
