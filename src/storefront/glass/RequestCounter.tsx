import { decimal } from "../language/format.ts";
import { useShop } from "../ShopContext.tsx";
import { useStore } from "../state/useStore.ts";
import glass from "./GlassRoom.module.css";
import styles from "./ProofPage.module.css";
import { toOthers } from "./requests.ts";
import { glassTexts } from "./texts.ts";
import { useWorkerRequests } from "./useWorkerRequests.ts";

/** Counts every request of the page and of the recommender's worker, and keeps counting. */
export function RequestCounter() {
  const { requests } = useShop();
  const log = useStore(requests);
  const ofWorker = useWorkerRequests() ?? [];
  const { proof } = glassTexts();
  const isOwn = ({ url }: { url: string }) => new URL(url).origin === location.origin;
  const rows = [
    ...log.requests.map((request) => ({ ...request, who: proof.page })),
    ...ofWorker.map((request) => ({ ...request, who: proof.worker })),
  ].sort((left, right) => right.at - left.at);
  const others = toOthers({ ...log, requests: rows }, location.origin);
  return (
    <section className={glass.section} aria-labelledby="requests">
      <h2 id="requests">{proof.requests}</h2>
      <dl className={styles.counts}>
        <Count name="own" value={log.requests.filter(isOwn).length} text={proof.own} />
        <Count name="worker" value={ofWorker.filter(isOwn).length} text={proof.ownOfWorker} />
        <Count name="others" value={others.length} text={proof.others} />
      </dl>
      <details>
        <summary>{proof.all(rows.length)}</summary>
        <div className={styles.requests}>
          <table className={glass.table}>
            <thead>
              <tr>
                <th scope="col">{proof.who}</th>
                <th scope="col">{proof.what}</th>
                <th scope="col">{proof.where}</th>
                <th scope="col">{proof.bytes}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ who, url, by, at, bytes }) => (
                <tr key={`${who} ${at} ${url}`} data-request={url}>
                  <td>{who}</td>
                  <td>{by}</td>
                  <td>{url.startsWith(location.origin) ? new URL(url).pathname : url}</td>
                  <td>{decimal(bytes, 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      <p className="soft">{proof.unseen}</p>
    </section>
  );
}

function Count({ name, value, text }: { name: string; value: number; text: string }) {
  return (
    <div>
      <dd data-count={name}>{value}</dd>
      <dt>{text}</dt>
    </div>
  );
}
