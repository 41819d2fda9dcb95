import { readConsent } from "./googleConsent.ts";
import { entriesOf, fieldOf } from "./pageValue.ts";
import { readShopifyConsent } from "./shopifyConsent.ts";
import { tcfOf } from "./tcfConsent.ts";

/** Whether the page's banner requires consent before anything is stored. */
export function mustAskFirst(page: object, dataLayer: string): boolean {
  const said = [readShopifyConsent(page), ...entriesOf(fieldOf(page, dataLayer)).map(readConsent)];
  const isDenied = said.some((one) => one?.command === "default" && one.answer === "denied");
  return isDenied || tcfOf(page) !== undefined;
}
