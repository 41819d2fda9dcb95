import { useRef } from "react";
import { Link, Route, Switch, useLocation } from "wouter";
import { strings } from "../language/strings.ts";
import { NotFound } from "../pages/NotFound.tsx";
import { useShownInRow } from "../parts/useShownInRow.ts";
import { DataPage } from "./DataPage.tsx";
import styles from "./GlassRoom.module.css";
import { NetworkPage } from "./NetworkPage.tsx";
import { OutlookPage } from "./OutlookPage.tsx";
import { ProofPage } from "./ProofPage.tsx";
import { TasteCardPage } from "./TasteCardPage.tsx";
import { glassTexts } from "./texts.ts";
import { WhyPage } from "./WhyPage.tsx";

/** Shows everything that the recommender knows and does; loaded when it is opened. */
export default function GlassRoom() {
  const { title, lead, tabs } = glassTexts();
  const row = useRef<HTMLUListElement>(null);
  useShownInRow(row);
  const [path] = useLocation();
  const links = [
    { href: "/glass", text: tabs.why },
    { href: "/glass/network", text: tabs.network },
    { href: "/glass/data", text: tabs.data },
    { href: "/glass/value", text: tabs.outlook },
    { href: "/glass/card", text: tabs.card },
    { href: "/glass/proof", text: tabs.proof },
  ];
  const tab = links.find(({ href }) => href === path)?.text;
  return (
    <div className={styles.room}>
      <title>{strings.pageTitle(tab === undefined ? title : `${tab} · ${title}`)}</title>
      <h1>{title}</h1>
      <p className={styles.lead}>{lead}</p>
      <nav aria-label={title}>
        <ul className={styles.tabs} ref={row}>
          {links.map(({ href, text }) => (
            <li key={href}>
              <Link href={href} className={(isActive) => (isActive ? styles.active! : "")}>
                {text}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Switch>
        <Route path="/glass">
          <WhyPage />
        </Route>
        <Route path="/glass/network">
          <NetworkPage />
        </Route>
        <Route path="/glass/data">
          <DataPage />
        </Route>
        <Route path="/glass/value">
          <OutlookPage />
        </Route>
        <Route path="/glass/card">
          <TasteCardPage />
        </Route>
        <Route path="/glass/proof">
          <ProofPage />
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </div>
  );
}
