import type { Control } from "./control.ts";
import type { Decision } from "./events/consent.ts";
import type { Message } from "./kit/message.ts";
import type { Status } from "./recommender.ts";

interface Resumed {
  calls: Control;
  /** The last status of the engine that this one replaces. */
  before: Status;
  status(): Status;
  onWarning(warning: Message): void;
}

/**
 * Goes on with a visit whose engine was replaced: makes the decisions again that were not stored, and
 * says what was in memory only. What is stored counts, unless the shopper decided for more privacy.
 */
export async function resumeVisit({ calls, before, status, onWarning }: Resumed): Promise<void> {
  const now = status();
  for (const decide of decisionsToMake(calls, before, now)) {
    await decide().catch(() => undefined); // It holds; that it is not saved was said when it was made.
  }
  if (before.isGuest) await calls.startGuestVisit();
  await resumeRecording(calls, before, status());
  const count = before.events - (before.isGuest ? 0 : now.events);
  if (before.recording.to === "browser" || count <= 0) return;
  const message = `Events that were in memory only are lost: ${count}`;
  onWarning({ code: "memory-lost", params: { count }, message });
}

function* decisionsToMake(calls: Control, before: Status, now: Status) {
  const { consent, offersConsent, retentionDays, muted } = before;
  const isMuted = new Set(now.muted.products);
  const recommendations = missing(consent, now.consent);
  const offers = missing(offersConsent, now.offersConsent);
  if (recommendations) yield () => calls.setConsent({ recommendations });
  if (offers) yield () => calls.setConsent({ offers });
  if (retentionDays < now.retentionDays) yield () => calls.setRetention(retentionDays);
  if (before.isGuest) return; // What is muted is the guest's.
  for (const productId of muted.products) {
    if (!isMuted.has(productId)) yield () => calls.mute({ productId });
  }
  const known = new Set(now.muted.categories.map((path) => JSON.stringify(path)));
  for (const path of muted.categories) {
    if (!known.has(JSON.stringify(path))) yield () => calls.mute({ category: [...path] });
  }
}

/** The answer to give again; a stored yes never stands against a no, nor a yes against a stored no. */
function missing(before: Status["consent"], now: Status["consent"]): Decision | undefined {
  if (before === "refused") return now === "refused" ? undefined : "refused";
  return before === "granted" && now === "awaited" ? "granted" : undefined;
}

async function resumeRecording(calls: Control, before: Status, now: Status): Promise<void> {
  const { to, because } = before.recording;
  const isPaused = now.recording.because === "paused";
  const isSignaled = now.recording.because === "global-privacy-control";
  const decide =
    because === "paused" && !isPaused
      ? calls.pause
      : to !== "nowhere" && isSignaled && calls.resume;
  if (decide) await decide().catch(() => undefined); // As above.
}
