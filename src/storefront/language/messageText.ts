import { type Message, messageOf } from "vitrine";
import { locale, strings } from "./strings.ts";

/** A message of the engine, which is in English, in the shopper's language. */
export function messageText({ code, params, message }: Message): string {
  const text = strings.messages[code] as ((params: object) => string) | undefined;
  if (text === undefined) return message;
  const said = Object.entries(params).map(([name, value]) => [name, saying(value)]);
  return text(Object.fromEntries(said));
}

/** An error in the shopper's language. */
export function errorText(error: unknown): string {
  return messageText(messageOf(error));
}

function saying(value: unknown): string {
  if (typeof value === "number") return value.toLocaleString(locale, { maximumFractionDigits: 1 });
  return typeof value === "object" ? messageText(value as Message) : String(value);
}
