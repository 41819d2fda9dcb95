import type { PriorReport } from "../prior/packPrior.ts";
import type { WrittenFile } from "./packFiles.ts";
import type { PackReport } from "./packLogs.ts";

/** The sources and sizes of a pack, for people. */
export function packReportText(
  report: PackReport & {
    files: WrittenFile[];
    products: number;
    rejectedProducts: number;
    peakMemoryMb: number;
    floor: number;
  },
): string {
  const { log, unknownIds } = report;
  const lines = [
    ...sizeLines(report),
    `  products    ${count(report.products)} in the catalog`,
    report.rejectedProducts > 0 &&
      `              ${count(report.rejectedProducts)} malformed rows of the catalog left out`,
    `  log         ${count(report.events)} events, ${count(report.sessions)} sessions, ${count(report.shoppers)} shoppers`,
    ...log.notes.map((note) => `              ${note}`),
    log.malformed > 0 &&
      `              ${count(log.malformed)} malformed rows left out, the first:`,
    ...log.faults.map((fault) => `                ${fault}`),
    report.unknownEvents > 0 &&
      `              ${count(report.unknownEvents)} events of products that are not in the catalog: ${unknownIds.join(", ")} …`,
    `  neighbors  ${count(report.pairsKept)} pairs kept`,
    `              ${count(report.pairsBelowFloor)} pairs left out: fewer than ${report.floor} shoppers`,
    report.prior !== undefined && `  prior       ${priorLine(report.prior)}`,
    `  memory      ${count(report.peakMemoryMb)} MB peak`,
  ];
  return `${lines.filter((line) => line !== false).join("\n")}\n`;
}

function priorLine({ examples, loss, isTaken }: PriorReport): string {
  const figures = `loss ${loss.shop.toFixed(4)} against ${loss.engine.toFixed(4)} for the default weights, on the most recent of ${count(examples)} examples`;
  return isTaken
    ? `the shop's own weights, ${figures}`
    : `not kept because not clearly better: ${figures}`;
}

function sizeLines({ files, shardsPerSession }: PackReport & { files: WrittenFile[] }): string[] {
  const [base, ...shards] = files;
  const first = `${base!.path}: ${sizeOf([base!])}`;
  if (shards.length === 0) return [first];
  return [
    first,
    `  parts       ${count(shards.length)} of ${sizeOf(shards, shards.length)} each; a session needs ${shardsPerSession.toFixed(1)} on average`,
  ];
}

/** Mean size of files, plain and compressed. */
function sizeOf(files: readonly WrittenFile[], among = 1): string {
  const sum = (pick: (file: WrittenFile) => number) =>
    files.reduce((total, file) => total + pick(file), 0) / among;
  return `${kilobytes(sum(({ bytes }) => bytes))}, ${kilobytes(sum(({ gzipBytes }) => gzipBytes))} gzip`;
}

function kilobytes(bytes: number): string {
  return `${count(Math.ceil(bytes / 1000))} kB`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}
