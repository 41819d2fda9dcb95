/** A failure of a command, worded for the person who typed it. No stack trace is shown. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  /** 1: failure; 2: wrong usage. */
  readonly exitCode: 1 | 2;
  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
