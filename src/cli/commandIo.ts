import { type CommandQuestions, terminalQuestions } from "./commandQuestions.ts";

/** A command's outputs and inputs. */
export interface CommandIo {
  /** Results, with a line feed at the end. */
  out(text: string): void;
  /** Errors and progress. */
  err(text: string): void;
  /** For progress bars, if stderr is a terminal. */
  terminal?: NodeJS.WriteStream;
  /** Set if a person can answer. */
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
