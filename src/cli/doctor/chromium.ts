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
/** WebGL in software; painting and compositing without it takes a third less processor time. */
const SOFTWARE_GL_ARGS = [
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--disable-gpu-rasterization",
  "--disable-gpu-compositing",
];
/** WebGL on the machine's own GPU, without a display: by Vulkan. */
const GPU_ARGS = [
  "--use-gl=angle",
  "--use-angle=vulkan",
  "--enable-features=Vulkan,VulkanFromANGLE,DefaultANGLEVulkan",
  "--ignore-gpu-blocklist",
];
const NO_GL_ARGS = ["--disable-gpu", "--disable-software-rasterizer"];

/** The renderer for WebGL. */
export type Gl = "software" | "gpu" | "none";

const GL_ARGS: Record<Gl, string[]> = {
  software: SOFTWARE_GL_ARGS,
  gpu: GPU_ARGS,
  none: NO_GL_ARGS,
};

/** The system's Chromium if there is one (browser downloads do not work everywhere). */
export function chromiumOptions({ gl = "software" }: { gl?: Gl } = {}): LaunchOptions {
  const system = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) =>
    existsSync(path),
  );
  const args = [...QUIET_ARGS, ...GL_ARGS[gl]];
  return { args, ...(system === undefined ? {} : { executablePath: system }) };
}

export function launchChromium(
  extraArgs: string[] = [],
  options: { gl?: Gl } = {},
): Promise<Browser> {
  const { args = [], ...others } = chromiumOptions(options);
  return chromium.launch({ ...others, args: [...args, ...extraArgs] });
}
