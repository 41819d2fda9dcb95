import { basename, dirname } from "node:path/posix";
import type { Module } from "./modules.ts";

/** A folder of the engine, or its door: the files that are in no folder. */
export interface Room {
  name: string;
  /** Rooms that it may import, in addition to itself. */
  imports: string[];
  /** Names of its files. */
  files: string[];
}

export const DOOR = "the door";

/**
 * Reads the table of rooms: room, allowed imports, files, exports.
 * @throws {Error} if the text has no such table.
 */
export function parseRooms(readme: string): Room[] {
  const lines = readme.split("\n");
  const header = lines.findIndex((line) => /^\| *room *\|/.test(line));
  if (header < 0) throw new Error("the text has no table whose first column is room");
  const rows = lines.slice(header + 2);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  return rows.slice(0, end < 0 ? rows.length : end).map(parseRoom);
}

function parseRoom(row: string): Room {
  const [, name = "", imports = "", files = ""] = row.split("|").map((cell) => cell.trim());
  return {
    name: name.replaceAll("`", ""),
    imports: imports.split(",").flatMap((room) => room.trim().match(/^[a-z]+$/) ?? []),
    files: [...files.matchAll(/`([^`]+\.ts)`/g)].map(([, file]) => file!),
  };
}

/** One sentence for each import that the table does not allow, and for each file that it does not name. */
export function roomFaults(modules: readonly Module[], rooms: readonly Room[]): string[] {
  const engine = modules.filter(({ path }) => path.startsWith(ENGINE));
  return [...fileFaults(engine, rooms), ...engine.flatMap((one) => importFaults(one, rooms))];
}

const ENGINE = "src/engine/";

/** The room of a path in the engine; undefined for other paths. */
export function roomOf(path: string): string | undefined {
  if (!path.startsWith(ENGINE)) return undefined;
  const folder = dirname(path.slice(ENGINE.length));
  return folder === "." ? DOOR : folder;
}

function fileFaults(engine: readonly Module[], rooms: readonly Room[]): string[] {
  const placed = rooms.flatMap(({ name, files }) => files.map((file) => `${name}: ${file}`));
  const found = engine.map(({ path }) => `${roomOf(path)}: ${basename(path)}`);
  return [
    ...found.filter((file) => !placed.includes(file)).map((file) => `not in the table: ${file}`),
    ...placed.filter((file) => !found.includes(file)).map((file) => `no such file: ${file}`),
  ];
}

function importFaults({ path, imports }: Module, rooms: readonly Room[]): string[] {
  const own = roomOf(path);
  const room = rooms.find(({ name }) => name === own);
  const isAllowed = (target: string) => {
    const other = roomOf(target);
    if (other === undefined) return false;
    return own === DOOR || other === own || room?.imports.includes(other);
  };
  return imports.filter((target) => !isAllowed(target)).map((target) => `${path} → ${target}`);
}
