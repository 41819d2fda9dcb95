import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { parseSync } from "vite";

/** A source file: its path from the repository's root, and its imports within the repository. */
export interface Module {
  path: string;
  /** Paths of the files that it imports, for values, for types or dynamically. */
  imports: string[];
  program: SyntaxNode;
  text: string;
}

/** A node of the syntax tree (ESTree). */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

/** All TypeScript files in these folders except tests. @param root the repository's absolute path. */
export function readModules(root: string, folders: readonly string[]): Module[] {
  return folders
    .flatMap((folder) => filesIn(root, folder))
    .filter((path) => /\.tsx?$/.test(path) && !/\.(test|spec|d)\.tsx?$/.test(path))
    .sort()
    .map((path) => readModule(path, readFileSync(join(root, path), "utf8")));
}

function filesIn(root: string, folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return names.map((name) => join(folder, name));
}

/** @throws {Error} naming the file and the position of a syntax error. */
export function readModule(path: string, text: string): Module {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path}: ${error.codeframe ?? error.message}`);
  const root = program as unknown as SyntaxNode;
  const named = [...nodesOf(root)].flatMap((node) => importedBy(node) ?? []);
  const own = named.filter((name) => name.startsWith("."));
  const imports = own.map((name) => join(dirname(path), name));
  return { path, imports: [...new Set(imports)], program: root, text };
}

/** A node and all its descendants. */
export function* nodesOf(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) yield* nodesOf(child);
  }
}

const IMPORTS = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
]);

function importedBy(node: SyntaxNode): string | undefined {
  if (!IMPORTS.has(node.type)) return undefined;
  const source = node.source as { value?: unknown } | null;
  return typeof source?.value === "string" ? source.value : undefined;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof (value as SyntaxNode | null)?.type === "string";
}
