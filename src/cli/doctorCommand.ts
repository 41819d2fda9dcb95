import { statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { Command } from "commander";
import { CommandError } from "./commandError.ts";
import type { CommandIo } from "./commandIo.ts";
import { createProgress } from "./commandProgress.ts";
import { type Check, diagnose } from "./doctor/diagnose.ts";
import { examinePage } from "./doctor/examinePage.ts";
import type { PageFacts } from "./doctor/pageFacts.ts";
import { serveFolder } from "./doctor/serveFolder.ts";
import { neededPackage } from "./neededPackage.ts";
import { whole } from "./optionReaders.ts";

interface DoctorOptions {
  root?: string;
  timeout: number;
  json?: boolean;
}

const DESCRIPTION = `Opens a page in headless Chromium and reports what works: the tag, the shop's policy, the
catalog, the events that were seen, and the shelves that show cards. The page is served by this
machine, or is a file; a file is served together with its folder. For a file deeper in a site, give
the site's folder as --root, so that addresses that begin with / resolve as they do on the site.`;

const SIGNS = { ok: "ok     ", warning: "warning", fault: "FAULT  " };
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\]|.+\.localhost)$/;

/** `vitrine doctor`: whether a page shows cards, and if not, why. */
export function doctorCommand(io: CommandIo): Command {
  return new Command("doctor")
    .summary("check a page and report what works and what does not")
    .description(DESCRIPTION)
    .argument("<page>", "an address on this machine, or an HTML file")
    .option("--root <folder>", "the site's folder, for a file (default: the file's folder)")
    .option("--timeout <seconds>", "time limit for each step", whole(1, 600), 15)
    .option("--json", "print the findings as JSON")
    .addHelpText("after", "\nExits with 1 if there is a fault. A warning may be intended.")
    .action((page: string, options: DoctorOptions) => runDoctor(page, options, io));
}

async function runDoctor(page: string, options: DoctorOptions, io: CommandIo): Promise<void> {
  const progress = createProgress(io);
  progress.step(`Checking ${page}`);
  const { address, close } = await siteOf(page, options.root);
  const facts = await look(address, options.timeout * 1000).finally(() => {
    close();
    progress.end();
  });
  const checks = diagnose(facts);
  io.out(options.json ? `${JSON.stringify({ checks, facts })}\n` : textOf(checks));
  const faults = checks.filter(({ verdict }) => verdict === "fault").length;
  if (faults > 0) throw new CommandError(faults === 1 ? "1 fault" : `${faults} faults`);
}

/** Where the page is served; a file is served until the check is over. */
async function siteOf(
  page: string,
  root = dirname(page),
): Promise<{ address: string; close(): void }> {
  if (/^https?:\/\//.test(page)) {
    if (!URL.canParse(page) || !LOCAL.test(new URL(page).hostname)) {
      throw new CommandError(`the page is "${page}", expected one on localhost, or a file`, 2);
    }
    return { address: page, close() {} };
  }
  if (!statSync(page, { throwIfNoEntry: false })?.isFile()) {
    throw new CommandError(`there is no file "${page}"; an address must begin with http://`, 2);
  }
  const path = relative(root, page).split(sep);
  if (path[0] === "..") throw new CommandError(`"${page}" is not in the folder "${root}"`, 2);
  const { origin, close } = await serveFolder(resolve(root));
  return { address: `${origin}/${path.map(encodeURIComponent).join("/")}`, close };
}

async function look(address: string, patienceMs: number): Promise<PageFacts> {
  const browser = await startBrowser();
  try {
    return await examinePage(browser, address, patienceMs);
  } finally {
    await browser.close();
  }
}

/** Only this command loads Playwright. */
async function startBrowser() {
  const { launchChromium } = await neededPackage(
    "playwright",
    () => import("./doctor/chromium.ts"),
  );
  return launchChromium([], { gl: "none" }).catch((error: Error) => {
    const [reason] = error.message.split("\n");
    throw new CommandError(
      `could not start Chromium; "npx playwright install chromium" installs it (${reason})`,
    );
  });
}

function textOf(checks: readonly Check[]): string {
  const lines = checks.map(({ name, verdict, detail }) => `${SIGNS[verdict]} ${name}: ${detail}`);
  return `${lines.join("\n")}\n`;
}
