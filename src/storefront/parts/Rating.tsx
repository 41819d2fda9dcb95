import { Star } from "lucide-react";
import type { Product } from "vitrine";
import { decimal } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import styles from "./Rating.module.css";

export function Rating({ rating }: { rating: Product["rating"] }) {
  if (rating === undefined) return null;
  const stars = decimal(rating.value, 1);
  return (
    <p className={styles.rating}>
      <Star aria-hidden="true" size={14} fill="currentColor" />
      <span aria-hidden="true">
        <b>{stars}</b> ({rating.count})
      </span>
      <span className="visually-hidden">{strings.card.rating(stars, rating.count)}</span>
    </p>
  );
}
