import { useEffect, useState } from "react";
import { errorText } from "../language/messageText.ts";
import { useShop } from "../ShopContext.tsx";
import glass from "./GlassRoom.module.css";
import { LEAK_WAYS, type LeakName, type LeakOutcome, tryLeak } from "./leaks.ts";
import styles from "./ProofPage.module.css";
import { RequestCounter } from "./RequestCounter.tsx";
import { glassTexts } from "./texts.ts";

/** What the browser itself reports about requests. */
export function ProofPage() {
  return (
    <>
      <p className={glass.lead}>{glassTexts().proof.lead}</p>
      <RequestCounter />
      <Policy />
      <LeakTest />
    </>
  );
}

/** The policy that this site sends, requested again. */
function Policy() {
  const { toasts } = useShop();
  const [policy, setPolicy] = useState<string | null>();
  const { proof } = glassTexts();
  useEffect(() => {
    fetch(location.pathname, { method: "HEAD" })
      .then(({ headers }) => setPolicy(headers.get("Content-Security-Policy")))
      .catch((error: Error) => toasts.showError(errorText(error)));
  }, [toasts]);
  return (
    <section className={glass.section} aria-labelledby="policy">
      <h2 id="policy">{proof.policy}</h2>
      {policy && (
        <>
          <p className="soft">{proof.policyLead}</p>
          <ul className={styles.policy}>
            {policy.split("; ").map((directive) => (
              <li key={directive}>
                <code>{directive}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      {policy === null && <p className="notice">{proof.noPolicy}</p>}
    </section>
  );
}

function LeakTest() {
  const { proof } = glassTexts();
  const { toasts } = useShop();
  const [outcomes, setOutcomes] = useState<Partial<Record<LeakName, LeakOutcome>>>();
  const [isTrying, setIsTrying] = useState(false);
  const tryAll = async () => {
    setIsTrying(true);
    setOutcomes({});
    for (const way of LEAK_WAYS) {
      const outcome = await tryLeak(way);
      setOutcomes((known) => ({ ...known, [way.name]: outcome }));
    }
    setIsTrying(false);
  };
  return (
    <section className={glass.section} aria-labelledby="leak">
      <h2 id="leak">{proof.leak}</h2>
      <p className="soft">{proof.leakLead}</p>
      <button
        type="button"
        className="button button--primary"
        disabled={isTrying}
        onClick={() => tryAll().catch((error: Error) => toasts.showError(errorText(error)))}
      >
        {isTrying ? proof.leaking : proof.leakButton}
      </button>
      {outcomes && (
        <div className={glass.scroll} aria-live="polite" aria-busy={isTrying}>
          <table className={glass.table}>
            <thead>
              <tr>
                <th scope="col">{proof.way}</th>
                <th scope="col">{proof.outcome}</th>
              </tr>
            </thead>
            <tbody>
              {LEAK_WAYS.map(({ name }) => (
                <tr key={name} data-leak={name} data-result={outcomes[name]?.result}>
                  <th scope="row">{proof.ways[name]}</th>
                  <td>{outcomeText(outcomes[name])}</td>
                </tr>
              ))}
              <tr>
                <th scope="row">{proof.untried}</th>
                <td>{proof.untriedOutcome}</td>
              </tr>
            </tbody>
          </table>
          <p className="soft">{proof.honest}</p>
        </div>
      )}
    </section>
  );
}

function outcomeText(outcome: LeakOutcome | undefined): string {
  const { proof } = glassTexts();
  switch (outcome?.result) {
    case undefined:
      return "…";
    case "blocked":
      return proof.blocked(outcome.directive);
    case "not stopped":
      return proof.notStopped;
    case "not possible":
      return proof.notPossible(outcome.because);
  }
}
