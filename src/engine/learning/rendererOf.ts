/** The GPU's own name behind a context, unmasked if the browser allows it. */
export function rendererOf(gl: WebGL2RenderingContext): string {
  const extension = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}
