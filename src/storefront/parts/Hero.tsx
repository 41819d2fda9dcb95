import { Link } from "wouter";
import { strings } from "../language/strings.ts";
import styles from "./Hero.module.css";

/** The introduction of the home page. */
export function Hero() {
  return (
    <div className={styles.hero}>
      <h1>{strings.home.heading}</h1>
      <p>
        {strings.home.lead} <Link href="/glass/data">{strings.home.howItWorks}</Link>
      </p>
    </div>
  );
}
