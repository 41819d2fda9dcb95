import type { MessageCode, MessageParams } from "vitrine";

/** A text for each of the engine's messages, given what it needs as text in the language. */
export type MessageTexts = {
  readonly [Code in MessageCode]: (params: Said<MessageParams[Code]>) => string;
};
type Said<Params> = { readonly [Name in keyof Params]: string };
