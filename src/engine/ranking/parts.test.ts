import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyShop } from "../../testing/anyShop.ts";
import { anyPast, fixtureCatalog, fixturePack, NOW, view } from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import { INPUT_NAMES, type InputName } from "../network/network.ts";
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

const productSource = (row: number) => ({ type: "product" as const, row });

it.each(INPUT_NAMES.map((name, index) => [index, name] as const))(
  "only the reported sources can lower input %d, %s",
  (index) => {
    let passedOver = 0;
    fc.assert(
      fc.property(anyContext, (context) => {
        const parts = partsOf(context);
        for (let row = 0; row < context.catalog.size; row++) {
          const input = inputsOf(context, [row])[index]!;
          const named = new Set(parts.sourcesOf(row, index).map((source) => source.row));
          for (const other of context.history.own.keys()) {
            if (named.has(other)) continue;
            passedOver++;
            const without = parts.inputsWithout(productSource(other), row);
            expect(without[index]).toBeGreaterThanOrEqual(input);
          }
        }
      }),
      { seed: 31 },
    );
    expect(passedOver).toBeGreaterThan(1000);
  },
);

describe("the sources of an input", () => {
  const catalog = fixtureCatalog();
  const row = (id: string) => catalog.rowOf(id)!;
  const sourcesAfter = (ids: readonly string[], of: string, name: InputName) => {
    const history = createHistory(catalog);
    for (const id of ids) history.apply(view(id));
    const context = shopperContextOf(history, { catalog, pack: fixturePack(catalog), at: NOW });
    return partsOf(context).sourcesOf(row(of), INPUT_NAMES.indexOf(name));
  };
  const sourcesOf = (...ids: string[]) => ids.map((id) => productSource(row(id)));

  it("are, for the crowd's pull, the recent products that have it as a neighbor", () => {
    const visited = ["g1", "k3", "k1", "k2"];
    expect(sourcesAfter(visited, "b1", "coVisitation")).toEqual(sourcesOf("k1"));
    expect(sourcesAfter(visited, "k3", "coVisitation")).toEqual(sourcesOf("k2"));
    expect(sourcesAfter(visited, "g7", "coVisitation")).toEqual([]);
  });

  it("are all recent products for the others, newest first, also if the product is among them", () => {
    const recent = sourcesOf("k2", "k1");
    expect(sourcesAfter(["k1", "k2"], "b1", "contentFit")).toEqual(recent);
    expect(sourcesAfter(["k1", "k2"], "b1", "ownHistory")).toEqual(recent);
    expect(sourcesAfter(["k1", "k2"], "k1", "ownHistory")).toEqual(recent);
  });

  it("end with the product itself if the shopper knows it from longer ago", () => {
    const later = ["k2", "k3", "k4", "k5", "k6", "g1", "g2", "g3", "g4", "g5"];
    const recent = sourcesOf(...later.toReversed());
    expect(sourcesAfter(["k1", ...later], "k1", "ownHistory")).toEqual([
      ...recent,
      ...sourcesOf("k1"),
    ]);
    expect(sourcesAfter(["k1", ...later], "b1", "ownHistory")).toEqual(recent);
  });
});

it("gives a product the same inputs whichever product was requested before", () => {
  fc.assert(
    fc.property(anyContext, (context) => {
      const shared = partsOf(context);
      for (const { row: from } of context.history.recent) {
        for (let row = 0; row < context.catalog.size; row++) {
          const source = productSource(from);
          const inputs = [...shared.inputsWithout(source, row)];
          expect(inputs).toEqual([...partsOf(context).inputsWithout(source, row)]);
        }
      }
    }),
    { seed: 32 },
  );
});
