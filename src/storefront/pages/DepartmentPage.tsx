import { useEffect, useState } from "react";
import type { Product } from "../../engine/catalog.ts";
import { ProductGrid } from "../parts/ProductGrid.tsx";
import { useEngine, useShop } from "../ShopContext.tsx";
import type { Department } from "../shop.ts";
import { categoryName, strings } from "../strings.ts";
import styles from "./DepartmentPage.module.css";
import { NotFound } from "./NotFound.tsx";

const SORTS = ["for-you", "popular", "price-up", "price-down", "rating", "newest"] as const;
type Sort = (typeof SORTS)[number];

export function DepartmentPage({ slug }: { slug: string }) {
  const { shop } = useShop();
  const department = shop.departments.find((one) => one.slug === slug);
  if (!department) return <NotFound text={strings.notFound.department} />;
  return <KnownDepartment key={slug} department={department} />;
}

function KnownDepartment({ department }: { department: Department }) {
  const [sort, setSort] = useState<Sort>("for-you");
  const [aisle, setAisle] = useState<string>();
  const aisles = [...new Set(department.products.map(aisleOf))].filter(
    (name) => name !== undefined,
  );
  const sorted = useSorted(department, sort);
  const shown = aisle === undefined ? sorted : sorted.filter((one) => aisleOf(one) === aisle);
  return (
    <>
      <title>{strings.pageTitle(categoryName(department.name))}</title>
      <div className={styles.header}>
        <h1>{categoryName(department.name)}</h1>
        <p className="soft">{strings.home.itemCount(shown.length)}</p>
      </div>
      <div className={styles.controls}>
        <fieldset className={styles.aisles}>
          <legend className="visually-hidden">{strings.department.aisles}</legend>
          {[undefined, ...aisles].map((name) => (
            <button
              key={name ?? ""}
              type="button"
              className="button"
              aria-pressed={aisle === name}
              onClick={() => setAisle(name)}
            >
              {name === undefined ? strings.department.all : categoryName(name)}
            </button>
          ))}
        </fieldset>
        <label className={styles.sort}>
          {strings.department.sort}{" "}
          <select value={sort} onChange={(event) => setSort(event.target.value as Sort)}>
            {SORTS.map((name) => (
              <option key={name} value={name}>
                {strings.department.sorts[name]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ProductGrid products={shown} />
    </>
  );
}

function aisleOf({ categoryPath }: Product): string | undefined {
  return categoryPath[1];
}

/** Sorted products; "for you" asks the recommender and shows the popular order until it answers. */
function useSorted(department: Department, sort: Sort): readonly Product[] {
  const { shop } = useShop();
  const { recommender } = useEngine();
  const [personal, setPersonal] = useState<readonly string[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const among = department.products.map(({ id }) => id);
    const request = { strategy: "for-you", limit: 200, diversity: 0, among } as const;
    recommender?.recommend(request).then(({ cards }) => {
      if (isCurrent) setPersonal(cards.map(({ productId }) => productId));
    });
    return () => {
      isCurrent = false;
    };
  }, [recommender, department]);

  const places = placesIn(
    sort === "for-you" && personal.length > 0 ? personal : idsOf(shop.popular),
  );
  return department.products.toSorted(
    (left, right) => COMPARE[sort](left, right) || places(left) - places(right),
  );
}

/** Ties, and the orders that are not about a product's own facts, are left to the given places. */
const COMPARE: Record<Sort, (left: Product, right: Product) => number> = {
  "for-you": () => 0,
  popular: () => 0,
  "price-up": (left, right) => left.priceMinor - right.priceMinor,
  "price-down": (left, right) => right.priceMinor - left.priceMinor,
  rating: (left, right) => (right.rating?.value ?? 0) - (left.rating?.value ?? 0),
  newest: (left, right) => (right.addedAt ?? "").localeCompare(left.addedAt ?? ""),
};

function idsOf(products: readonly Product[]): string[] {
  return products.map(({ id }) => id);
}

function placesIn(ids: readonly string[]): (product: Product) => number {
  const places = new Map(ids.map((id, place) => [id, place]));
  return ({ id }) => places.get(id) ?? ids.length;
}
