import type { ConsentReport } from "../../capture/consent/consentDecisions.ts";
import type { EngineFacts, PageFacts, ShelfFacts } from "./pageFacts.ts";

/** One check. A warning may be intended; a fault means that no cards appear. */
export interface Check {
  name: "page" | "tag" | "policy" | "catalog" | "engine" | "consent" | "events" | "cards";
  verdict: "ok" | "warning" | "fault";
  /** The finding, and how to fix it. */
  detail: string;
}

/** Turns the facts about a page into checks, in the order in which things happen on the page. */
export function diagnose(facts: PageFacts): Check[] {
  const checks = [pageCheck(facts), tagCheck(facts), policyCheck(facts)];
  if (facts.version === undefined) return checks;
  return [
    ...checks,
    catalogCheck(facts),
    ...(facts.engine === undefined ? [] : [engineCheck(facts.engine)]),
    ...(facts.consent === undefined ? [] : [consentCheck(facts.consent)]),
    ...(facts.failure === undefined ? [eventsCheck(facts)] : []),
    cardsCheck(facts.shelves),
  ];
}

function pageCheck({ address, status, errors }: PageFacts): Check {
  if (status >= 400) return fault("page", `${address} answered ${status}`);
  if (errors.length > 0) return warning("page", `errors on the page: ${errors.join("; ")}`);
  return ok("page", `${address} answered ${status}`);
}

function tagCheck({ tags, version, failedRequests }: PageFacts): Check {
  if (tags.length === 0 && version === undefined) {
    return fault("tag", "the page has no Vitrine script tag; `vitrine init` prints one");
  }
  if (version === undefined) {
    const why = failedRequests.includes(tags[0] ?? "")
      ? "its file could not be loaded"
      : "it was blocked, or its integrity checksum does not match";
    return fault("tag", `${tags[0]} did not run: ${why}`);
  }
  if (tags.length > 1)
    return warning("tag", `version ${version} runs; there are ${tags.length} tags`);
  return ok("tag", `version ${version} runs`);
}

function policyCheck({ violations }: PageFacts): Check {
  if (violations.length === 0) return ok("policy", "no policy blocked anything");
  return warning("policy", `the Content-Security-Policy blocked ${violations.join(", ")}`);
}

function catalogCheck({ failure, engine }: PageFacts): Check {
  if (failure !== undefined) return fault("catalog", `the recommender did not start: ${failure}`);
  const rejected = engine?.rejectedProducts ?? 0;
  if (rejected > 0) return warning("catalog", `loaded; ${rejected} products were left out`);
  return ok("catalog", "loaded, with every product");
}

function engineCheck({ thread, warnings, recording }: EngineFacts): Check {
  const where = thread === "worker" ? "runs in a worker" : "runs on the page, in short slices";
  if (warnings.length > 0) return warning("engine", `${where}; ${warnings.join("; ")}`);
  return ok("engine", `${where}; events are stored in: ${recording}`);
}

/** Which frameworks were heard, what each said, and what follows. */
function consentCheck({ heard, follows, failure }: ConsentReport): Check {
  const said = Object.entries(heard).map(([framework, { recommendations, offers }]) => {
    const words = (text: string | undefined) => text?.replace("-", " ") ?? "nothing";
    return `${framework} says ${words(recommendations)} to recommendations, ${words(offers)} to offers`;
  });
  if (said.length === 0) said.push("no framework was heard");
  const finding = `${said.join("; ")}: ${follows}`;
  if (failure === undefined) return ok("consent", finding);
  return warning("consent", `${finding}; a framework on the page cannot be read: ${failure}`);
}

function eventsCheck({ events, unknown, unread, hints }: PageFacts): Check {
  const seen = Object.entries(events).map(([source, count]) => `${count} from ${source}`);
  if (unknown.length > 0) {
    const names = unknown.slice(0, 5).join(", ");
    return warning("events", `the catalog does not know ${names}: add them as aliases`);
  }
  if (unread.length > 0) {
    const names = unread.slice(0, 5).join(", ");
    return warning("events", `${names}: not understood; say what they mean with data-events`);
  }
  if (seen.length === 0) {
    const [heard = "no events heard on this page", ...proposals] = hints;
    const help = proposals
      .map((proposal) => `; ${proposal} would read what is seen on it`)
      .join("");
    return warning("events", `${heard}; on a product's page there should be a view${help}`);
  }
  return ok("events", seen.join(", "));
}

function cardsCheck(shelves: readonly ShelfFacts[]): Check {
  const reported = shelves.map(
    ({ strategy, cards, error }) =>
      `${strategy}: ${error ?? (cards > 0 ? `${cards} cards` : "none")}`,
  );
  if (shelves.length === 0) return warning("cards", "there is no <vitrine-shelf> on this page");
  const detail = reported.join(", ");
  if (shelves.some(({ error }) => error !== undefined)) return fault("cards", detail);
  return shelves.every(({ cards }) => cards > 0) ? ok("cards", detail) : warning("cards", detail);
}

function ok(name: Check["name"], detail: string): Check {
  return { name, verdict: "ok", detail };
}

function warning(name: Check["name"], detail: string): Check {
  return { name, verdict: "warning", detail };
}

function fault(name: Check["name"], detail: string): Check {
  return { name, verdict: "fault", detail };
}
