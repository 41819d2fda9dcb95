/**
 * The engine's messages for people. Each has a code, parameters, and a sentence in English; a page in
 * another language writes its own sentence from the code and the parameters.
 */
export interface MessageParams {
  /** What failed, and what is used instead: `Status.warnings`. */
  "runs-on-page": None;
  "started-anew": None;
  "no-crowd-knowledge": Because;
  "less-crowd-knowledge": Because;
  "memory-only": Because;
  "stored-again": None;
  "memory-lost": { count: number };
  unencrypted: None;
  "events-unreadable": { count: number };
  "deleted-whole": { count: number };
  "value-unreadable": Because;
  "not-encrypted-yet": Because;
  "choices-unreadable": Because;
  "network-unreadable": Because;
  "training-stopped": Because;
  "trainer-failed": Because & { trainer: "plain" | "webgl" };
  "rule-matches-nothing": { index: number; type: string };
  "option-renamed": { before: string; now: string };
  /** Why a trainer was chosen. */
  "asked-for": None;
  faster: { times: number; renderer: string };
  "webgl-unusable": Because;
  /** Errors. */
  field: { field: string };
  "file-answered": { address: string; status: number };
  "file-late": { address: string; ms: number };
  "code-late": { ms: number };
  "no-indexeddb": None;
  "indexeddb-slow": { ms: number };
  "cannot-decrypt": None;
  "store-out-of-order": None;
  "store-full": None;
  "choice-not-saved": Because;
  "decision-late": { ms: number };
  "pack-damaged": None;
  "network-damaged": None;
  "worker-only": None;
  "no-offscreen-canvas": None;
  "no-webgl2": None;
  "gpu-imprecise": None;
  "gpu-without-float": None;
  "gpu-lost": None;
  "gpu-slow": { ms: number };
  "gpu-out-of-step": None;
  "not-finite": { epoch: number };
  "no-export": None;
  "export-newer": { version: number; known: number };
  "export-damaged": None;
  "export-event": Because & { field: string };
  "too-many-requests": None;
  "wrong-passphrase": None;
  "passphrase-missing": None;
  "passphrase-length": { min: number; max: number };
  "cannot-encrypt": None;
  /** An error from outside the engine: from the browser, or a bug. */
  other: { name: string };
}

type None = Record<never, never>;
interface Because {
  because: Message;
}

export type MessageCode = keyof MessageParams;

export type Message<Code extends MessageCode = MessageCode> = {
  [C in Code]: { code: C; params: MessageParams[C]; message: string };
}[Code];

/** An error that carries a message. */
export class VitrineError<Code extends MessageCode = MessageCode> extends Error {
  readonly code: Code;
  readonly params: MessageParams[Code];
  constructor(code: Code, message: string, params: MessageParams[Code]) {
    super(message);
    this.code = code;
    this.params = params;
  }
}

/** Of code that does not arrive: a page must decide what it shows instead. */
export function codeLate(ms: number): VitrineError {
  return new VitrineError("code-late", `The code did not arrive in ${ms} ms`, { ms });
}

/** Whether an error says that nothing more can be stored. */
export function isFull(error: unknown): boolean {
  return (error as Error).name === "QuotaExceededError";
}

/** A browser's error may have no words: a full store's has none. */
export function worded(error: unknown): Error {
  const { name, message } = error as Error;
  if (isFull(error)) return new VitrineError("store-full", "the browser's storage is full", {});
  return message ? (error as Error) : new VitrineError("other", `${name || error}`, { name });
}

/** The message of an error; its code and parameters may have come from another thread. */
export function messageOf(error: unknown): Message {
  const { code, params, message, name } = worded(error) as VitrineError;
  if (typeof code === "string" && params) return { code, params, message } as Message;
  return { code: "other", params: { name }, message };
}

/** A message about a failure and its cause. */
export function failed<Code extends MessageCode>(
  code: Code,
  what: string,
  error: unknown,
  more?: Omit<MessageParams[Code], "because">,
): Message {
  const because = messageOf(error);
  const message = `${what}: ${because.message}`;
  return { code, params: { because, ...more }, message } as Message;
}
