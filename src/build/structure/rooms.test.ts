import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readModule, readModules } from "./modules.ts";
import { parseRooms, roomFaults } from "./rooms.ts";

const ROOT = new URL("../../..", import.meta.url).pathname;

const TABLE = `# An engine
| room | may import | files | hands over |
|---|---|---|---|
| kit | | \`hash.ts\` checksums | |
| store | kit | \`log.ts\`, \`cipher.ts\` encryption | a log |
| ranking | kit | \`rank.ts\` the best few | cards |
| the door | all | \`index.ts\` | |

| other | table |
`;

const FILES = {
  "src/engine/kit/hash.ts": "",
  "src/engine/store/log.ts": `import { hash } from "../kit/hash.ts"; import { seal } from "./cipher.ts";`,
  "src/engine/store/cipher.ts": "",
  "src/engine/ranking/rank.ts": "",
  "src/engine/index.ts": `export * from "./ranking/rank.ts"; export * from "./store/log.ts";`,
};

function faultsOf(changes: Record<string, string>): string[] {
  const files = Object.entries({ ...FILES, ...changes });
  return roomFaults(
    files.map(([path, text]) => readModule(path, text)),
    parseRooms(TABLE),
  );
}

it("the engine matches its README's table of rooms", () => {
  const readme = readFileSync(join(ROOT, "src/engine/README.md"), "utf8");
  expect(roomFaults(readModules(ROOT, ["src"]), parseRooms(readme))).toEqual([]);
});

it("reads a table of rooms, and no other table", () => {
  expect(parseRooms(TABLE)).toEqual([
    { name: "kit", imports: [], files: ["hash.ts"] },
    { name: "store", imports: ["kit"], files: ["log.ts", "cipher.ts"] },
    { name: "ranking", imports: ["kit"], files: ["rank.ts"] },
    { name: "the door", imports: ["all"], files: ["index.ts"] },
  ]);
  expect(() => parseRooms("| file | what |\n|---|---|")).toThrow("first column is room");
});

it("accepts imports that all run downward", () => {
  expect(faultsOf({})).toEqual([]);
});

it.each([
  ["a value", `import { log } from "../store/log.ts";`],
  ["a type", `import type { Log } from "../store/log.ts";`],
  ["a type in place", `export type Log = import("../store/log.ts").Log;`],
  ["on demand", `export const load = () => import("../store/log.ts");`],
  ["a re-export", `export { log } from "../store/log.ts";`],
  ["all names", `export * from "../store/log.ts";`],
])("finds an import that runs upward: %s", (_what, text) => {
  expect(faultsOf({ "src/engine/kit/hash.ts": text })).toEqual([
    "src/engine/kit/hash.ts → src/engine/store/log.ts",
  ]);
});

it("finds imports between store and ranking, imports of the door from below, and files outside", () => {
  expect(faultsOf({ "src/engine/store/cipher.ts": `import "../ranking/rank.ts";` })).toHaveLength(
    1,
  );
  expect(faultsOf({ "src/engine/ranking/rank.ts": `import "../store/log.ts";` })).toHaveLength(1);
  expect(faultsOf({ "src/engine/ranking/rank.ts": `import "../index.ts";` })).toHaveLength(1);
  expect(faultsOf({ "src/engine/index.ts": `import "../worker/start.ts";` })).toHaveLength(1);
});

it("finds files missing from the table, and names without a file", () => {
  expect(faultsOf({ "src/engine/kit/utils.ts": "" })).toEqual(["not in the table: kit: utils.ts"]);
  expect(faultsOf({ "src/engine/cellar/old.ts": "" })).toEqual([
    "not in the table: cellar: old.ts",
  ]);
  const rooms = parseRooms(TABLE);
  expect(roomFaults([], rooms)).toContain("no such file: store: cipher.ts");
});
