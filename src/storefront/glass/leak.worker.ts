/** How long the browser may take to tell of a refusal after the request has failed. */
const REFUSAL_MS = 500;

/** Tries to fetch the address it is sent; answers with the directive that refused it, if one did. */
addEventListener("message", async ({ data: address }: MessageEvent<string>) => {
  const refused = new Promise<string>((resolve) => {
    addEventListener("securitypolicyviolation", (event) =>
      resolve((event as SecurityPolicyViolationEvent).effectiveDirective),
    );
  });
  await fetch(address, { mode: "no-cors" }).catch(() => undefined); // Refused or nowhere: see above.
  const nothing = new Promise<undefined>((resolve) => setTimeout(resolve, REFUSAL_MS));
  postMessage(await Promise.race([refused, nothing]));
});
