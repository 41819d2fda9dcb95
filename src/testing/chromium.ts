import { existsSync } from "node:fs";
import { type Browser, chromium, type LaunchOptions } from "playwright";

/** Runs on machines without a GPU, and without the browser's own background traffic. */
export const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
];

/** The system's Chromium where there is one (browser downloads do not work everywhere). */
export function chromiumOptions(): LaunchOptions {
  const system = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) =>
    existsSync(path),
  );
  return { args: CHROMIUM_ARGS, ...(system === undefined ? {} : { executablePath: system }) };
}

export function launchChromium(extraArgs: string[] = []): Promise<Browser> {
  const options = chromiumOptions();
  return chromium.launch({ ...options, args: [...(options.args ?? []), ...extraArgs] });
}
