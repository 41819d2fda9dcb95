import { strings } from "../language/strings.ts";
import { EmptyNotice } from "../parts/EmptyNotice.tsx";
import { ProductGrid } from "../parts/ProductGrid.tsx";
import { useProductOf, useShopState } from "../ShopContext.tsx";

export function WishlistPage() {
  const wishlist = useShopState((shop) => shop.wishlist);
  const productOf = useProductOf();
  const texts = strings.wishlist;
  const products = wishlist.map(productOf).filter((product) => product !== undefined);
  if (products.length === 0) {
    return <EmptyNotice title={texts.title} text={texts.empty} hint={texts.emptyHint} />;
  }
  return (
    <>
      <title>{strings.pageTitle(texts.title)}</title>
      <h1>{texts.title}</h1>
      <ProductGrid products={products} />
    </>
  );
}
