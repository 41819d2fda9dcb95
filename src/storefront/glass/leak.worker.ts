/** How long the browser may take to report a violation after the request has failed. */
const REFUSAL_MS = 500;

/** Tries to fetch the address it is sent; answers with the directive that blocked it, if one did. */
addEventListener("message", async ({ data: address }: MessageEvent<string>) => {
  const refused = new Promise<string>((resolve) => {
    addEventListener("securitypolicyviolation", (event) =>
      resolve((event as SecurityPolicyViolationEvent).effectiveDirective),
    );
  });
  await fetch(address, { mode: "no-cors" }).catch(() => undefined); // Blocked or not found; the violation report shows which.
  const nothing = new Promise<undefined>((resolve) => setTimeout(resolve, REFUSAL_MS));
  postMessage(await Promise.race([refused, nothing]));
});
