import { Star } from "lucide-react";
import type { Product } from "vitrine";
import { demoReviews } from "../demo/demoReviews.ts";
import { day, decimal } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import styles from "./Reviews.module.css";

/** The mean of all ratings and some made-up reviews, which are marked as such. */
export function Reviews({ product }: { product: Product }) {
  const { rating } = product;
  if (rating === undefined) return null;
  const texts = strings.productPage;
  return (
    <section className={styles.reviews} aria-labelledby="reviews">
      <h2 id="reviews" tabIndex={-1}>
        {texts.reviews}
      </h2>
      <p>
        <b>{texts.score(decimal(rating.value, 1), rating.count)}</b>
      </p>
      <p className="soft">{texts.madeUp}</p>
      <ul>
        {demoReviews(product).map(({ name, stars, text, at }) => (
          <li key={name} className={styles.review}>
            <Stars stars={stars} />
            <p lang="en">{text}</p>
            <p className="soft">{texts.by(name, day(at))}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Stars({ stars }: { stars: number }) {
  return (
    <p className={styles.stars}>
      <span className="visually-hidden">{strings.orders.stars(stars)}</span>
      {[1, 2, 3, 4, 5].map((place) => (
        <Star
          key={place}
          aria-hidden="true"
          size={16}
          fill={place <= stars ? "currentColor" : "none"}
        />
      ))}
    </p>
  );
}
