-- Popularity: the sum over a product's events of their strength, halved for each half-life of age.
CREATE TABLE popularity AS
SELECT
  products.product_row,
  sum(
    floor(
      settings.units * event_strengths.strength
      * power(2, -(log.until_ms - kept_events.at_ms) / settings.popularity_half_life_ms)
      + 0.5
    )
  ) AS popularity_units
FROM kept_events
JOIN products ON products.product_id = kept_events.product_id
JOIN event_strengths ON event_strengths.event_type = kept_events.event_type
CROSS JOIN (SELECT max(at_ms) AS until_ms FROM kept_events) AS log
CROSS JOIN settings
GROUP BY products.product_row;
