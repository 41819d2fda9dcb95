/** What a command could not do, in words for whoever typed it. No stack trace is shown. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  /** 1: it could not be done; 2: the command was not understood. */
  readonly exitCode: 1 | 2;
  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
