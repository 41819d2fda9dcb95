import { type Module, nodesOf, type SyntaxNode } from "./modules.ts";

/** A function in the sources. */
export interface MeasuredFunction {
  /** Path and line, in the format that editors open. */
  place: string;
  /** Lines from its first to its last, inclusive. */
  lines: number;
  parameters: number;
}

export const MAX_LINES = 60;
export const MAX_PARAMETERS = 3;

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

export function functionsOf({ path, program, text }: Module): MeasuredFunction[] {
  const functions = [...nodesOf(program)].filter(({ type }) => FUNCTIONS.has(type));
  return functions.map((node) => {
    const first = lineAt(text, node.start);
    return {
      place: `${path}:${first}`,
      lines: lineAt(text, node.end) - first + 1,
      parameters: (node.params as SyntaxNode[]).length,
    };
  });
}

/** Median, 90th percentile and maximum of the lengths, in lines. */
export function lengthsOf(functions: readonly MeasuredFunction[]) {
  const sorted = functions.map(({ lines }) => lines).sort((left, right) => left - right);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { median: at(0.5), p90: at(0.9), max: at(1) };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
