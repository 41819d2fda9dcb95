import { vitrine } from "../cli/vitrine.ts";

/** Runs the merchant's command in this process. */
export async function runVitrine(...args: string[]) {
  let out = "";
  let errors = "";
  const exitCode = await vitrine(args, {
    out(text) {
      out += text;
    },
    err(text) {
      errors += text;
    },
  });
  return { exitCode, out, errors };
}
