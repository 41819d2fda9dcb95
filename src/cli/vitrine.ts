import { Command, CommanderError } from "commander";
import packageFile from "../../package.json" with { type: "json" };
import { catalogCommand } from "./catalogCommand.ts";
import { CommandError } from "./commandError.ts";
import { type CommandIo, processIo } from "./commandIo.ts";
import { doctorCommand } from "./doctorCommand.ts";
import { initCommand } from "./initCommand.ts";
import { packCommand } from "./packCommand.ts";

const COMMANDS = [initCommand, catalogCommand, packCommand, doctorCommand];

/**
 * The merchant's command; each subcommand is a file.
 * @param args the arguments after the command's name.
 * @returns the exit code: 0 success, 1 failure, 2 wrong usage.
 */
export async function vitrine(args: readonly string[], io: CommandIo = processIo): Promise<number> {
  const program = new Command("vitrine")
    .description(
      "Personal recommendations for a shop without a server: makes the files that its pages load.",
    )
    .version(packageFile.version)
    .configureHelp({ helpWidth: 100 })
    .showHelpAfterError("Add --help for usage.")
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .exitOverride();
  for (const make of COMMANDS) {
    program.addCommand(
      make(io)
        .copyInheritedSettings(program)
        .addHelpText("after", "\nExit codes: 0 success, 1 failure, 2 wrong usage."),
    );
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof CommandError)) throw error;
    io.err(`vitrine: ${error.message}\n`);
    return error.exitCode;
  }
}
