import { Command, InvalidArgumentError, Option } from "commander";
import packageFile from "../../package.json" with { type: "json" };
import { CONSENT_MODES, type ConsentMode } from "../engine/events/consent.ts";
import type { CommandIo } from "./commandIo.ts";
import type { CommandQuestions } from "./commandQuestions.ts";
import { PLATFORMS, type Platform, type Setup, setupGuide, THEME_ASSETS } from "./setupGuide.ts";

interface InitOptions extends Partial<Setup> {
  yes?: boolean;
  json?: boolean;
}

const DEFAULTS: Setup = {
  platform: "html",
  files: `/vitrine/${packageFile.version}`,
  catalog: "/catalog.json",
  pack: "/pack.bin",
  consent: "auto",
};

/** Two platforms publish a list of their products, which works for a first try. */
const PLATFORM_DEFAULTS: Partial<Record<Platform, Partial<Setup>>> = {
  shopify: { files: THEME_ASSETS, catalog: "/products.json?limit=250", pack: "none" },
  woocommerce: { catalog: "/wp-json/wc/store/v1/products?per_page=100", pack: "none" },
};

function defaultsFor(platform: Platform = DEFAULTS.platform): Setup {
  return { ...DEFAULTS, platform, ...PLATFORM_DEFAULTS[platform] };
}

const CONSENTS: Record<ConsentMode, string> = {
  auto: "as the page's consent banner says; without a banner, stored unless declined",
  required: "kept in memory until the page calls vitrine.setConsent",
  granted: "stored: the page has already asked",
  asking: "as required, and what earlier visits stored waits, too: a banner reports on each page",
};

const DESCRIPTION = `Asks five questions and prints the code to paste into a shop's pages. Each option answers
one question in advance; without a terminal, unanswered questions take their defaults. On Shopify
and WooCommerce the default catalog is the product list that the shop already publishes.`;

/** `vitrine init`: five questions, and the snippet to paste. */
export function initCommand(io: CommandIo): Command {
  const { files, catalog, pack, consent, platform } = DEFAULTS;
  return new Command("init")
    .summary("print the code to paste into a shop's pages")
    .description(DESCRIPTION)
    .addOption(
      new Option("--platform <name>", `the shop's platform (default: ${platform})`).choices(
        Object.keys(PLATFORMS),
      ),
    )
    .option(
      "--files <address>",
      `where the tag's files are served (default: ${files})`,
      filesAddress,
    )
    .option("--catalog <address>", `where the catalog is (default: ${catalog})`, address)
    .option("--pack <address>", `where the item pack is, or none (default: ${pack})`, packAddress)
    .addOption(
      new Option("--consent <mode>", `when events may be stored (default: ${consent})`).choices(
        CONSENT_MODES,
      ),
    )
    .option("--yes", "accept all defaults without asking")
    .option("--json", "print the snippet as JSON, without asking")
    .action((options: InitOptions) => runInit(options, io));
}

async function runInit({ yes, json, ...given }: InitOptions, io: CommandIo): Promise<void> {
  const isQuiet = yes === true || json === true || io.questions === undefined;
  const setup = isQuiet
    ? { ...defaultsFor(given.platform), ...given }
    : await askFor(given, io.questions!);
  const guide = setupGuide(setup);
  const { text, ...parts } = guide;
  io.out(json ? `${JSON.stringify({ ...setup, ...parts })}\n` : `${text}\n`);
}

/** Asks one question for each setting that the options leave open. */
async function askFor(given: Partial<Setup>, questions: CommandQuestions): Promise<Setup> {
  const platforms = Object.entries(PLATFORMS).map(([value, { label }]) => ({ value, label }));
  const consents = Object.entries(CONSENTS).map(([value, label]) => ({ value, label }));
  const platform = (given.platform ??
    (await questions.choose(
      "Which platform does the shop use?",
      platforms,
      DEFAULTS.platform,
    ))) as Platform;
  const defaults = defaultsFor(platform);
  const write = (question: string, field: "files" | "catalog" | "pack", check = addressProblem) =>
    given[field] ?? questions.write(question, defaults[field], check);
  return {
    platform,
    files: await write("Where will the tag's files be served?", "files", filesProblem),
    catalog: await write("Where is the catalog?", "catalog"),
    pack: await write('Where is the item pack? ("none" if there is none)', "pack", packProblem),
    consent: (given.consent ??
      (await questions.choose(
        "Shoppers' events are …",
        consents,
        defaults.consent,
      ))) as ConsentMode,
  };
}

/** Why `value` is not an address; undefined if it is one. */
function addressProblem(value: string): string | undefined {
  const isPath = /^\/(?!\/)\S*$/.test(value);
  const isSecure = /^https:\/\/\S+$/.test(value) && URL.canParse(value);
  if (isPath || isSecure) return undefined;
  return `Expected a path such as /catalog.json, or an https:// address.`;
}

function filesProblem(value: string): string | undefined {
  return value === THEME_ASSETS ? undefined : addressProblem(value);
}

function packProblem(value: string): string | undefined {
  return value === "none" ? undefined : addressProblem(value);
}

function address(value: string): string {
  const problem = addressProblem(value);
  if (problem !== undefined) throw new InvalidArgumentError(problem);
  return value.replace(/\/$/, "");
}

function filesAddress(value: string): string {
  return value === THEME_ASSETS ? value : address(value);
}

function packAddress(value: string): string {
  return value === "none" ? value : address(value);
}
