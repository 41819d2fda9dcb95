import type { MessageCode, MessageParams } from "vitrine";

/** A text for each of the engine's messages; functions take the parameters as text. */
export type MessageTexts = {
  readonly [Code in MessageCode]: (params: Said<MessageParams[Code]>) => string;
};
type Said<Params> = { readonly [Name in keyof Params]: string };
