import { useState } from "react";
import type { Product } from "vitrine";
import { strings } from "../language/strings.ts";
import { pictureViews } from "../shop/pictureViews.ts";
import styles from "./Gallery.module.css";
import { Picture } from "./Picture.tsx";

/** A product's pictures, one of them large. */
export function Gallery({ product }: { product: Product }) {
  const views = pictureViews(product);
  const [shown, setShown] = useState(views[0] ?? "whole");
  return (
    <div className={styles.gallery}>
      <div className={styles.large}>
        <Picture product={product} view={shown} isFirst />
      </div>
      {views.length > 1 && (
        <fieldset className={styles.views}>
          <legend className="visually-hidden">{strings.productPage.pictures}</legend>
          {views.map((view) => (
            <button
              key={view}
              type="button"
              aria-label={strings.productPage.views[view]}
              aria-pressed={view === shown}
              onClick={() => setShown(view)}
            >
              <Picture product={product} view={view} alt="" />
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}
