import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { openRecommender } from "vitrine";
import {
  type ItemProps,
  RecommendationProvider,
  Recommendations,
  useRecommendations,
} from "vitrine/react";

interface ShopProduct {
  id: string;
  title: string;
}

/** The shop's own data, printed into its page. */
const products: ShopProduct[] = JSON.parse(document.getElementById("products")!.textContent);
const FILES = { catalog: "/catalog.json", pack: "/pack.bin" };
const root = createRoot(document.getElementById("root")!);

function Shop() {
  const product = products.find(({ id }) => location.pathname === `/p/${id}`);
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <button type="button" onClick={() => setOpen(false)}>
        Leave the shop
      </button>
      {isOpen && (
        <RecommendationProvider {...FILES} experiment={0.5}>
          {product ? <ProductPage product={product} /> : <Home />}
        </RecommendationProvider>
      )}
    </>
  );
}

function Home() {
  return (
    <>
      <ul>
        {products.map(({ id, title }) => (
          <li key={id}>
            <a href={`/p/${id}`}>{title}</a>
          </li>
        ))}
      </ul>
      <Shelf strategy="for-you" />
      <Shelf strategy="trending" />
    </>
  );
}

function ProductPage({ product: { id, title } }: { product: ShopProduct }) {
  const { items, status, sendEvent } = useRecommendations({
    strategy: "related",
    limit: 4,
    productId: id,
  });
  const [isStored, setStored] = useState(false);
  useEffect(() => {
    void sendEvent({ type: "view", productId: id }).then(() => setStored(true));
  }, [sendEvent, id]);
  return (
    <>
      <h1>{title}</h1>
      {isStored && <p>Remembered</p>}
      <ol data-status={status}>
        {items.map(({ product }) => (
          <li key={product.id}>{product.title}</li>
        ))}
      </ol>
    </>
  );
}

function Shelf({ strategy }: { strategy: "for-you" | "trending" }) {
  return (
    <div data-shelf={strategy}>
      <Recommendations
        strategy={strategy}
        limit={4}
        itemComponent={Card}
        loadingComponent={() => <p>Choosing …</p>}
      />
    </div>
  );
}

function Card({ item: { product }, reason }: ItemProps) {
  return (
    <a href={product.url}>
      {product.title} <small>{reason}</small>
    </a>
  );
}

/** For the test: what is stored of the shopper, read by a recommender beside the shop's. */
async function storedEvents() {
  const recommender = await openRecommender(FILES);
  const { events } = await recommender.inspect();
  await recommender.close();
  return events;
}
Object.assign(window, { storedEvents });

root.render(
  <StrictMode>
    <Shop />
  </StrictMode>,
);
