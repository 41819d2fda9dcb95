import { CommandError } from "./commandError.ts";

/**
 * Loads a package that only some commands need and that is too large to ship with `vitrine`.
 * @throws {CommandError} with the install command if the package is missing.
 */
export async function neededPackage<Module>(
  name: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new CommandError(`this needs the package ${name}: "npm install ${name}" installs it`);
  }
}
