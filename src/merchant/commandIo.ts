/** Where a command writes to. */
export interface CommandIo {
  /** Results, with a line feed at the end. */
  out(text: string): void;
  /** What went wrong, and progress. */
  err(text: string): void;
  /** For progress bars, where stderr is a terminal. */
  terminal?: NodeJS.WriteStream;
}

export const processIo: CommandIo = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  ...(process.stderr.isTTY ? { terminal: process.stderr } : {}),
};
