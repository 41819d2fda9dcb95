import { type Act, halved, type OwnProduct } from "./history.ts";

/** A product without any act. */
export function createOwnProduct(): OwnProduct {
  return { ...nothingDone(), inForce: [], habit: 0, lastOrder: 0, bought: [], shown: 0 };
}

function nothingDone() {
  return {
    taste: 0,
    affinity: 0,
    lastAt: 0,
    interactions: [],
    acts: { looks: 0, stays: 0, saves: 0, carts: 0, ratings: 0, purchases: 0 },
    ignoredImpressions: 0,
    liked: undefined,
    dislikedNumber: undefined,
  };
}

/** Adds an act to what is known of its product. */
export function addAct(product: OwnProduct, act: Act): void {
  product.inForce.push(act);
  addUp(product, act);
}

/** Takes an act back: the product is as if it had never happened, bit for bit. */
export function takeBack(product: OwnProduct, act: Act): void {
  product.inForce = product.inForce.filter((other) => other !== act);
  Object.assign(product, nothingDone());
  product.ignoredImpressions = product.shown;
  for (const left of product.inForce) addUp(product, left);
}

/**
 * Acts add up, each halved every `OWN_HALF_LIFE_MS`. An act against the product outweighs what was liked
 * about it before; what comes later adds up again.
 */
function addUp(product: OwnProduct, { kind, number, at, strength, shown }: Act): void {
  // An act that arrives late (another tab, an import) counts as much as if it had arrived on time.
  const now = Math.max(at, product.lastAt);
  const before = product.taste * halved(now - product.lastAt);
  product.taste = (strength < 0 ? Math.min(0, before) : before) + strength * halved(now - at);
  product.affinity = Math.max(0, product.taste);
  product.lastAt = now;
  if (strength < 0) product.dislikedNumber = number;
  if (strength > 0 && product.taste > 0)
    product.liked = { number, at: Math.max(at, product.liked?.at ?? 0) };
  if (kind === "hides") return;
  product.acts[kind]++;
  product.interactions.push(number);
  product.ignoredImpressions = product.shown - shown;
}
