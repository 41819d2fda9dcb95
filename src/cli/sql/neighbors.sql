-- The strongest neighbors of each product, among the pairs with enough shoppers. Similarity is the pair's
-- weight over the geometric mean of both products' counts; strength = 255 * sqrt(similarity), rounded.
CREATE TABLE neighbors AS
SELECT ranked.from_row, ranked.to_row, ranked.strength, ranked.place
FROM (
  SELECT
    alike.from_row,
    alike.to_row,
    alike.strength,
    row_number() OVER (
      PARTITION BY alike.from_row ORDER BY alike.strength DESC, alike.to_row
    ) AS place
  FROM (
    SELECT
      directed.from_row,
      directed.to_row,
      floor(
        255 * sqrt(
          least(
            1,
            directed.weight_units / settings.units
            / sqrt(
              (here.visit_units / settings.units + settings.shrinkage)
              * (there.visit_units / settings.units + settings.shrinkage)
            )
          )
        )
        + 0.5
      ) AS strength
    FROM (
      SELECT low_row AS from_row, high_row AS to_row, upward_units AS weight_units, shoppers
      FROM pairs
      UNION ALL
      SELECT high_row AS from_row, low_row AS to_row, downward_units AS weight_units, shoppers
      FROM pairs
    ) AS directed
    JOIN counts AS here ON here.product_row = directed.from_row
    JOIN counts AS there ON there.product_row = directed.to_row
    CROSS JOIN settings
    WHERE directed.shoppers >= settings.min_shoppers
  ) AS alike
  WHERE alike.strength > 0
) AS ranked
CROSS JOIN settings
WHERE ranked.place <= settings.neighbors;
