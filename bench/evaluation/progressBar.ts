import type { StepProgress } from "../../src/cli/evaluation/evaluateOptions.ts";

const WIDTH = 30;
/** Minimum interval between redraws. */
const EVERY_MS = 100;

/** A bar on the error stream; if that is not a terminal, only the final line. */
export function progressBar(
  label: string,
  total: number,
  { out = process.stderr, clock = () => performance.now() } = {},
): StepProgress {
  const startedAt = clock();
  let count = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    advance() {
      count++;
      if (!out.isTTY || clock() - drawnAt < EVERY_MS) return;
      drawnAt = clock();
      out.write(`\r${barOf(label, count / Math.max(1, total))}`);
    },
    done(note) {
      const seconds = ((clock() - startedAt) / 1000).toFixed(1);
      const clear = out.isTTY ? `\r${" ".repeat(WIDTH + 40)}\r` : "";
      out.write(`${clear}${label.padEnd(18)} ${seconds.padStart(6)} s  ${note}\n`);
    },
  };
}

/** `share` in [0, 1]. */
function barOf(label: string, share: number): string {
  const full = Math.round(WIDTH * Math.min(1, share));
  const percent = `${Math.round(100 * share)} %`.padStart(5);
  return `${label.padEnd(18)} [${"#".repeat(full)}${".".repeat(WIDTH - full)}] ${percent}`;
}
