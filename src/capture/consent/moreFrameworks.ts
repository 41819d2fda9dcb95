import { BANNERS } from "./banners.ts";
import type { Framework } from "./framework.ts";
import { gpp } from "./gpp.ts";

/** The frameworks whose readers are loaded once one of them is on the page. */
export const MORE_FRAMEWORKS: readonly Framework[] = [gpp, ...BANNERS];
