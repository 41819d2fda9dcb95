-- Pairs of products near each other on a path: their total weight in each direction, and their number of
-- distinct shoppers. Each pair is one row, the lower product row first, and is summed per shopper first, so
-- that nothing needs count(DISTINCT).
CREATE TABLE pairs AS
SELECT
  per_shopper.low_row,
  per_shopper.high_row,
  sum(per_shopper.upward_units) AS upward_units,
  sum(per_shopper.downward_units) AS downward_units,
  count(*) AS shoppers
FROM (
  SELECT
    near.low_row,
    near.high_row,
    near.shopper_no,
    sum(near.upward_units) AS upward_units,
    sum(near.downward_units) AS downward_units
  FROM (
    SELECT
      least(here.product_row, there.product_row) AS low_row,
      greatest(here.product_row, there.product_row) AS high_row,
      here.shopper_no,
      floor(
        settings.units * here.recency
        * CASE WHEN here.product_row < there.product_row THEN steps.onward ELSE steps.backward END
        + 0.5
      ) AS upward_units,
      floor(
        settings.units * here.recency
        * CASE WHEN here.product_row < there.product_row THEN steps.backward ELSE steps.onward END
        + 0.5
      ) AS downward_units
    FROM paths AS here
    CROSS JOIN steps
    CROSS JOIN settings
    JOIN paths AS there
      ON there.session_no = here.session_no AND there.place = here.place + steps.step
  ) AS near
  GROUP BY near.low_row, near.high_row, near.shopper_no
) AS per_shopper
GROUP BY per_shopper.low_row, per_shopper.high_row;
