import { progress } from "@clack/prompts";
import type { CommandIo } from "./commandIo.ts";

/** Shows a command's progress: a bar for each step on a terminal, otherwise a line. */
export interface CommandProgress {
  /** Ends the previous step. `share` is polled a few times a second: 0 to 1, undefined while unknown. */
  step(title: string, share?: () => number | undefined): void;
  end(): void;
}

const REFRESH_MS = 200;

export function createProgress({ err, terminal }: CommandIo): CommandProgress {
  if (terminal === undefined) {
    return { step: (title) => err(`${title} …\n`), end() {} };
  }
  let end = () => {};
  return {
    step(title, share) {
      end();
      end = showBar(title, share, terminal);
    },
    end: () => end(),
  };
}

function showBar(
  title: string,
  share: (() => number | undefined) | undefined,
  output: NodeJS.WriteStream,
): () => void {
  const bar = progress({ max: 100, size: 30, output });
  bar.start(title);
  let shown = 0;
  const timer = setInterval(() => {
    const percent = Math.floor(100 * (share?.() ?? 0));
    if (percent <= shown) return;
    bar.advance(percent - shown, `${title} ${percent} %`);
    shown = percent;
  }, REFRESH_MS);
  return () => {
    clearInterval(timer);
    bar.stop(title);
  };
}
