/** While an answer is awaited, the interval between pings to the other side, in milliseconds. */
export const BEAT_MS = 1500;

export interface Heartbeat {
  /** Call it when an answer is awaited. */
  start(): void;
  /** Call it for every message from the other side. */
  heard(): void;
  /** Call it when no answer is awaited any more. */
  stop(): void;
}

export interface HeartbeatOptions {
  /** Pings the other side. */
  ping(): void;
  /** Beats without a message after which the other side counts as hung. */
  maxSilentBeats(): number;
  onSilence(): void;
}

/**
 * Beats are counted, not measured, so that a page that was suspended does not mistake that time for
 * silence.
 */
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
