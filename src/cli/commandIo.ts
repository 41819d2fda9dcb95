import { type CommandQuestions, terminalQuestions } from "./commandQuestions.ts";

/** Where a command writes to. */
export interface CommandIo {
  /** Results, with a line feed at the end. */
  out(text: string): void;
  /** What went wrong, and progress. */
  err(text: string): void;
  /** For progress bars, where stderr is a terminal. */
  terminal?: NodeJS.WriteStream;
  /** Where somebody is there to answer. */
  questions?: CommandQuestions;
}

export const processIo: CommandIo = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  ...(process.stderr.isTTY ? { terminal: process.stderr } : {}),
  ...(process.stderr.isTTY && process.stdin.isTTY
    ? { questions: terminalQuestions(process.stderr) }
    : {}),
};
