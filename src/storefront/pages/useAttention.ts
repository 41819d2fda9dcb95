import { useEffect, useRef } from "react";
import { LONG_DWELL_MS, type Product, watchDwell } from "vitrine";
import { useShop } from "../ShopContext.tsx";

/** Reports a view of the product and, after a while, the time that the shopper spends on it. */
export function useAttention({ id }: Product): void {
  const { engine } = useShop();
  const viewed = useRef("");
  useEffect(() => {
    if (viewed.current === id) return; // React's strict mode runs effects twice.
    viewed.current = id;
    engine.observe({ type: "view", productId: id });
  }, [engine, id]);
  useEffect(
    () =>
      watchDwell(LONG_DWELL_MS, (dwellMs) =>
        engine.observe({ type: "dwell", productId: id, dwellMs }),
      ),
    [engine, id],
  );
}
