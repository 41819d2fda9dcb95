import type { WebglAccess } from "./chooseTrainer.ts";
import { rendererOf } from "./rendererOf.ts";

/** WebGL access on the current thread; tfjs is loaded only when a training may use it. */
export const webglAccess: WebglAccess = {
  renderer() {
    if (typeof OffscreenCanvas === "undefined") return undefined;
    const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
    const name = gl === null ? undefined : rendererOf(gl);
    gl?.getExtension("WEBGL_lose_context")?.loseContext(); // Browsers allow a page only a few contexts.
    return name;
  },
  async open() {
    const { openWebglTrainer } = await import("./webgl.ts");
    return openWebglTrainer();
  },
};
