-- The number of paths with a product; recent sessions count more.
CREATE TABLE counts AS
SELECT paths.product_row, sum(floor(settings.units * paths.recency + 0.5)) AS visit_units
FROM paths
CROSS JOIN settings
GROUP BY paths.product_row;
