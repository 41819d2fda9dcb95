import { useMemo } from "react";
import { ProductBrowser } from "../browse/ProductBrowser.tsx";
import { categoryName, strings } from "../language/strings.ts";
import { useShop } from "../ShopContext.tsx";
import { NotFound } from "./NotFound.tsx";

const SORTS = ["for-you", "popular", "price-up", "price-down", "rating", "newest"] as const;

export function DepartmentPage({ slug }: { slug: string }) {
  const { shop } = useShop();
  const department = shop.departments.find((one) => one.slug === slug);
  const products = useMemo(() => {
    const places = new Map(shop.popular.map(({ id }, place) => [id, place]));
    const placeOf = ({ id }: { id: string }) => places.get(id) ?? places.size;
    return department?.products.toSorted((left, right) => placeOf(left) - placeOf(right));
  }, [shop, department]);
  if (!department || !products) {
    const { departmentTitle, department: text } = strings.notFound;
    return <NotFound title={departmentTitle} text={text} />;
  }
  const name = categoryName(department.name);
  return (
    <>
      <title>{strings.pageTitle(name)}</title>
      <h1>{name}</h1>
      <ProductBrowser key={slug} products={products} sorts={SORTS} categoryLevel={1} />
    </>
  );
}
