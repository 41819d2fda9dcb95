import type { LogControl } from "./control.ts";
import type { parseShopEvent } from "./events/shopEvent.ts";
import { codeLate, type Message } from "./kit/message.ts";
import { within } from "./kit/within.ts";
import type { Network } from "./network/network.ts";
import { rowsByPopularity } from "./ranking/candidates.ts";
import type { ShelfDeps } from "./recommend.ts";
import type { RecommenderOptions, Status } from "./recommender.ts";
import type { resumeVisit } from "./resumeVisit.ts";
import { emptyItemPack } from "./shop/itemPack.ts";
import type { PackShards, PackShardsOptions } from "./shop/packShards.ts";
import { priorOf } from "./shop/prior.ts";
import { openShopRules } from "./shopRules.ts";
import { type StatusSources, statusOf } from "./status.ts";

/** The parts of a recommender. */
export interface Parts extends ShelfDeps, StatusSources {
  control: LogControl;
  /** The crowd's network. */
  prior: Network;
  parseEvent: typeof parseShopEvent;
  listeners: Set<(status: Status) => void>;
  /** Reports the status to all listeners. */
  onChange(): void;
  onWarning(warning: Message): void;
  /** Loaded together with the log, because loading it later may fail. */
  resumeVisit: typeof resumeVisit;
}

const MAX_WARNINGS = 20;
/** A page then shows its own content where the shelves would be. */
const CODE_MS = 15_000;

/** @throws {FieldError} for a malformed option. */
export async function openParts(options: RecommenderOptions): Promise<Parts> {
  const { clock = Date.now, seed = 1, thread = "page", rejectedProducts = [] } = options;
  const { databaseName = "vitrine" } = options;
  const pack = options.pack ?? emptyItemPack(options.catalog.size);
  const [lazy, prior] = await Promise.all([loadLazyParts(), priorOf(pack)]);
  const catalog = lazy.withOtherNames(options.catalog);
  const popularRows = rowsByPopularity(pack);
  const rules = await openShopRules(options.rules, catalog);
  const warnings = [...(options.warnings ?? []), ...rules.warnings];
  const experimentShare = lazy.readExperimentOption(options, (warning) => warnings.push(warning));
  const listeners: Parts["listeners"] = new Set();
  let parts: Parts | undefined;
  const onChange = () => {
    if (parts) emitStatus(parts);
  };
  const onWarning = (warning: Message) => {
    keepWarning(warnings, warning);
    onChange();
  };

  const log = await lazy.openShopperLog({
    catalog,
    databaseName,
    consent: options.consent,
    isGuest: options.guest,
    globalPrivacyControl: options.globalPrivacyControl,
    clock,
    // Before all parts exist, the learner has yet to read the log itself.
    onChange: (change) => parts?.control.follow(change),
    onWarning,
  });
  const shards = await openShards({ pack, catalog, load: options.loadShard, onWarning });
  const shop = { catalog, pack, popularRows, shards, prior, log, clock, seed, thread, onChange };
  const learner = lazy.createLearner({
    ...shop,
    preference: options.trainer ?? "auto",
    webgl: options.webgl,
    lockName: `vitrine:${databaseName}:training`,
    onWarning,
  });
  const control = lazy.createControl({ log, learner, clock, onChange });
  const { parseShopEvent: parseEvent, chooseSlatePolicy, resumeVisit } = lazy;
  const lent = { learner, control, rules, parseEvent, chooseSlatePolicy, resumeVisit, listeners };
  const count = { shelves: 0 };
  parts = { ...shop, ...lent, experimentShare, count, rejectedProducts, warnings, onWarning };
  return parts;
}

/** Call it while the catalog is being fetched, so that the parts are ready in time. */
export async function loadLazyParts() {
  const loading = Promise.all([import("./lazyParts.ts"), import("./shop/productNames.ts")]);
  const [parts, names] = await within(loading, CODE_MS, () => codeLate(CODE_MS));
  return { ...parts, ...names };
}

function emitStatus(parts: Parts): void {
  for (const listener of parts.listeners) listener(statusOf(parts));
}

function keepWarning(warnings: Message[], warning: Message): void {
  warnings.push(warning);
  if (warnings.length > MAX_WARNINGS) warnings.shift();
}

interface ShardOptions extends Omit<PackShardsOptions, "load"> {
  load: PackShardsOptions["load"] | undefined;
}

async function openShards({ load, ...options }: ShardOptions): Promise<PackShards | undefined> {
  if (options.pack.shards === undefined || load === undefined) return undefined;
  const { createPackShards } = await import("./shop/packShards.ts");
  return createPackShards({ ...options, load });
}
