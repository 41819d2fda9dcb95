/** While an answer is awaited, the other side is asked this often whether it still runs, milliseconds. */
export const BEAT_MS = 1500;

export interface Heartbeat {
  /** To be called when an answer is awaited. */
  start(): void;
  /** To be called with every message of the other side. */
  heard(): void;
  /** To be called when nothing is awaited any more. */
  stop(): void;
}

export interface HeartbeatOptions {
  /** Asks the other side for any message. */
  ping(): void;
  /** Beats without a message after which the other side counts as hung. */
  maxSilentBeats(): number;
  onSilence(): void;
}

/** Beats are counted, not measured: a page that was asleep must not take its sleep for silence. */
export function createHeartbeat({ ping, maxSilentBeats, onSilence }: HeartbeatOptions): Heartbeat {
  let silentBeats = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  function beat(): void {
    if (++silentBeats > maxSilentBeats()) onSilence();
    else ping();
  }

  return {
    start() {
      timer ??= setInterval(beat, BEAT_MS);
    },
    heard() {
      silentBeats = 0;
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
      silentBeats = 0;
    },
  };
}
