-- On how many paths a product is, recent sessions counting more.
CREATE TABLE counts AS
SELECT paths.product_row, sum(floor(settings.units * paths.recency + 0.5)) AS visit_units
FROM paths
CROSS JOIN settings
GROUP BY paths.product_row;
