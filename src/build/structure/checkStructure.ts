/**
 * The last step of `npm run check`: reports import cycles, imports that the engine's table of rooms does
 * not allow, and function lengths. It fails on any cycle or forbidden import. With `--long` it lists the
 * functions that are long or have many parameters.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { functionsOf, lengthsOf, MAX_LINES, MAX_PARAMETERS } from "./functionLengths.ts";
import { importCycles } from "./importCycles.ts";
import { readModules } from "./modules.ts";
import { parseRooms, roomFaults } from "./rooms.ts";

const ROOT = new URL("../../..", import.meta.url).pathname;

const modules = readModules(ROOT, ["src", "bench", "e2e"]);
const cycles = importCycles(new Map(modules.map(({ path, imports }) => [path, imports])));
report(
  "import cycles, types included",
  cycles.map((cycle) => cycle.join(" ↔ ")),
);
const rooms = parseRooms(readFileSync(join(ROOT, "src/engine/README.md"), "utf8"));
const faults = roomFaults(modules, rooms);
report("upward imports and files without a room", faults);
if (cycles.length + faults.length > 0) process.exitCode = 1;

const functions = modules.filter(({ path }) => path.startsWith("src/")).flatMap(functionsOf);
const { median, p90, max } = lengthsOf(functions);
const long = functions.filter(({ lines }) => lines > MAX_LINES);
const wide = functions.filter(({ parameters }) => parameters > MAX_PARAMETERS);
console.log(`functions: ${functions.length}; lines: median ${median}, p90 ${p90}, max ${max}`);
console.log(
  `over ${MAX_LINES} lines: ${long.length}; over ${MAX_PARAMETERS} parameters: ${wide.length}`,
);
if (process.argv.includes("--long")) console.table([...new Set([...long, ...wide])]);

function report(what: string, found: readonly string[]): void {
  console.log(`${what}: ${found.length}`);
  for (const one of found) console.error(`  ${one}`);
}
