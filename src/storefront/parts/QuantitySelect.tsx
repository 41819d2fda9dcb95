import type { Product } from "vitrine";
import { strings } from "../language/strings.ts";
import { maxOf } from "../state/shopState.ts";

interface QuantitySelectProps {
  product: Product;
  quantity: number;
  onChange: (quantity: number) => void;
}

/** A quantity from 1 to 10, or to the stock if that is lower. */
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
