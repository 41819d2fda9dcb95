import { aDislikeUndone } from "./all/a-dislike-undone.ts";
import { aYearOfShopping } from "./all/a-year-of-shopping.ts";
import { becauseYouViewed } from "./all/because-you-viewed.ts";
import { boughtADesk } from "./all/bought-a-desk.ts";
import { boughtATent } from "./all/bought-a-tent.ts";
import { boughtAnEspressoMachine } from "./all/bought-an-espresso-machine.ts";
import { bundleOfACamera } from "./all/bundle-of-a-camera.ts";
import { bundleOfAGrinder } from "./all/bundle-of-a-grinder.ts";
import { bundleOfAPen } from "./all/bundle-of-a-pen.ts";
import { bundleOfARazor } from "./all/bundle-of-a-razor.ts";
import { bundleOfAStove } from "./all/bundle-of-a-stove.ts";
import { bundleOfATent } from "./all/bundle-of-a-tent.ts";
import { buysReducedGoods } from "./all/buys-reduced-goods.ts";
import { cartWithShoes } from "./all/cart-with-shoes.ts";
import { catOwner } from "./all/cat-owner.ts";
import { changedTheirMind } from "./all/changed-their-mind.ts";
import { coffeeEveryMonth } from "./all/coffee-every-month.ts";
import { forEverybody } from "./all/for-everybody.ts";
import { fourTastes } from "./all/four-tastes.ts";
import { fragranceFree } from "./all/fragrance-free.ts";
import { nappiesGrow } from "./all/nappies-grow.ts";
import { newForYou } from "./all/new-for-you.ts";
import { notTheseGames } from "./all/not-these-games.ts";
import { onSaleForYou } from "./all/on-sale-for-you.ts";
import { oneGift } from "./all/one-gift.ts";
import { outOfTheCart } from "./all/out-of-the-cart.ts";
import { priceBand } from "./all/price-band.ts";
import { rerolledKnives } from "./all/rerolled-knives.ts";
import { searchedFor } from "./all/searched-for.ts";
import { seenThreeTimes } from "./all/seen-three-times.ts";
import { somebodyNew } from "./all/somebody-new.ts";
import type { Story } from "./story.ts";

/** All stories, one a file. */
export const STORIES: readonly Story[] = [
  aDislikeUndone,
  aYearOfShopping,
  becauseYouViewed,
  boughtADesk,
  boughtATent,
  boughtAnEspressoMachine,
  bundleOfACamera,
  bundleOfAGrinder,
  bundleOfAPen,
  bundleOfARazor,
  bundleOfAStove,
  bundleOfATent,
  buysReducedGoods,
  cartWithShoes,
  catOwner,
  changedTheirMind,
  coffeeEveryMonth,
  forEverybody,
  fourTastes,
  fragranceFree,
  nappiesGrow,
  newForYou,
  notTheseGames,
  onSaleForYou,
  oneGift,
  outOfTheCart,
  priceBand,
  rerolledKnives,
  searchedFor,
  seenThreeTimes,
  somebodyNew,
];
