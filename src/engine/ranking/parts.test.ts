import fc from "fast-check";
import { expect, it } from "vitest";
import { anyShop } from "../../testing/anyShop.ts";
import { anyPast, NOW } from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import { inputsOf } from "./features.ts";
import { partsOf } from "./parts.ts";
import { shopperContextOf } from "./shopperContext.ts";

const anyContext = anyShop.chain(({ catalog, pack }) =>
  anyPast(catalog, 40).map((events) => {
    const history = createHistory(catalog);
    for (const event of events) history.apply(event);
    return shopperContextOf(history, { catalog, pack, at: NOW });
  }),
);

it("only the reported sources of an input can lower the crowd's pull", () => {
  let passedOver = 0;
  fc.assert(
    fc.property(anyContext, (context) => {
      const parts = partsOf(context);
      for (let row = 0; row < context.catalog.size; row++) {
        const [coVisits] = inputsOf(context, [row]);
        const named = new Set(parts.sourcesOf(row, 0).map((source) => source.row));
        for (const source of context.history.recent) {
          if (named.has(source.row)) continue;
          passedOver++;
          const [without] = parts.inputsWithout({ type: "product", row: source.row }, row);
          expect(without).toBeGreaterThanOrEqual(coVisits!);
        }
      }
    }),
    { seed: 31 },
  );
  expect(passedOver).toBeGreaterThan(1000);
});

it("gives a product the same inputs whichever product was requested before", () => {
  fc.assert(
    fc.property(anyContext, (context) => {
      const shared = partsOf(context);
      for (const { row: from } of context.history.recent) {
        for (let row = 0; row < context.catalog.size; row++) {
          const source = { type: "product" as const, row: from };
          const inputs = [...shared.inputsWithout(source, row)];
          expect(inputs).toEqual([...partsOf(context).inputsWithout(source, row)]);
        }
      }
    }),
    { seed: 32 },
  );
});
