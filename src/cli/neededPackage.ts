import { CommandError } from "./commandError.ts";

/**
 * A package that only some commands need, and that weighs too much to come with `vitrine`.
 * @throws {CommandError} saying how to get it where it is missing.
 */
export async function neededPackage<Module>(
  name: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new CommandError(`this needs the package ${name}: "npm install ${name}" gets it`);
  }
}
