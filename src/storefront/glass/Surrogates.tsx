import { useState } from "react";
import type { LocalSurrogate, TreeNode, TreeSurrogate } from "vitrine";
import { INPUT_NAMES } from "vitrine/inspect";
import { decimal, percent } from "../language/format.ts";
import { useHistory } from "../state/useHistory.ts";
import glass from "./GlassRoom.module.css";
import styles from "./Surrogates.module.css";
import { glassTexts } from "./texts.ts";

/** Below this fidelity a simpler model does not explain the network. */
const TRUSTED_FIDELITY = 0.8;

/** Two simpler models of the network, each with its fidelity. Fitted when opened. */
export function Surrogates({ productId }: { productId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const { surrogates: texts } = glassTexts();
  return (
    <details
      className={glass.section}
      data-section="surrogates"
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>{texts.title}</summary>
      <p className="soft">{texts.lead}</p>
      {isOpen && <Fitted productId={productId} />}
    </details>
  );
}

function Fitted({ productId }: { productId: string }) {
  const models = useHistory((recommender) => recommender.surrogates(productId), productId);
  const { surrogates: texts } = glassTexts();
  if (models === undefined) return <p role="status">{texts.fitting}</p>;
  return (
    <div className={glass.columns}>
      <Line {...models.local} />
      <Tree {...models.tree} />
    </div>
  );
}

function Line({ slopes, intercept, fidelity }: LocalSurrogate) {
  const { surrogates: texts, inputs } = glassTexts();
  return (
    <section>
      <h4>{texts.line}</h4>
      <Fidelity value={fidelity} on={texts.onSamples} />
      <table className={glass.table}>
        <tbody>
          {INPUT_NAMES.map((name) => (
            <tr key={name}>
              <th scope="row">{inputs[name]}</th>
              <td>{decimal(slopes[name], 2)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{texts.intercept}</th>
            <td>{decimal(intercept, 2)}</td>
          </tr>
        </tbody>
      </table>
      <p className="soft">{texts.slopes}</p>
    </section>
  );
}

function Tree({ root, fidelity }: TreeSurrogate) {
  const { surrogates: texts } = glassTexts();
  return (
    <section>
      <h4>{texts.tree}</h4>
      <Fidelity value={fidelity} on={texts.onProducts} />
      <div className={styles.tree}>
        <Node node={root} />
      </div>
    </section>
  );
}

function Node({ node }: { node: TreeNode }) {
  const { surrogates: texts, inputs } = glassTexts();
  if (!("input" in node)) return texts.leaf(decimal(node.logOdds, 2), percent(node.share));
  const [name, threshold] = [inputs[node.input], decimal(node.threshold, 2)];
  return (
    <ul>
      <li>
        {texts.below(name, threshold)} <Node node={node.below} />
      </li>
      <li>
        {texts.above(name, threshold)} <Node node={node.above} />
      </li>
    </ul>
  );
}

function Fidelity({ value, on }: { value: number; on: string }) {
  const { surrogates: texts } = glassTexts();
  return (
    <p data-fidelity={value}>
      {texts.fidelity(decimal(value, 2), on)}{" "}
      {value < TRUSTED_FIDELITY && <strong>{texts.weak}</strong>}
    </p>
  );
}
