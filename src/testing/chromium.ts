import { existsSync } from "node:fs";
import { type Browser, chromium, type LaunchOptions } from "playwright";

/** Without the browser's own background traffic; as root, as in a container. */
const QUIET_ARGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];
/** WebGL in software; pages are painted and put together without it, which takes a third less of the processor. */
const SOFTWARE_GL_ARGS = [
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--disable-gpu-rasterization",
  "--disable-gpu-compositing",
];
const NO_GL_ARGS = ["--disable-gpu", "--disable-software-rasterizer"];

/** The system's Chromium where there is one (browser downloads do not work everywhere). */
export function chromiumOptions({ hasGl = true } = {}): LaunchOptions {
  const system = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) =>
    existsSync(path),
  );
  const args = [...QUIET_ARGS, ...(hasGl ? SOFTWARE_GL_ARGS : NO_GL_ARGS)];
  return { args, ...(system === undefined ? {} : { executablePath: system }) };
}

export function launchChromium(
  extraArgs: string[] = [],
  options: { hasGl?: boolean } = {},
): Promise<Browser> {
  const { args = [], ...others } = chromiumOptions(options);
  return chromium.launch({ ...others, args: [...args, ...extraArgs] });
}
