import type { Product } from "vitrine";
import { strings } from "../language/strings.ts";
import { maxOf } from "../state/shopState.ts";

interface QuantitySelectProps {
  product: Product;
  quantity: number;
  onChange: (quantity: number) => void;
}

/** How many of a product: 1 to 10, or fewer where fewer are on hand. */
export function QuantitySelect({ product, quantity, onChange }: QuantitySelectProps) {
  const max = Math.max(quantity, Math.min(maxOf(product), 10));
  return (
    <select
      aria-label={strings.cart.quantity(product.title)}
      value={quantity}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      {Array.from({ length: max }, (_, index) => index + 1).map((count) => (
        <option key={count} value={count}>
          {count}
        </option>
      ))}
    </select>
  );
}
