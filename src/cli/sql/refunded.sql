-- The purchases that were returned in full. A refund takes back the units that its shopper bought last before
-- it: a purchase is gone when the units held fall to what they were before it. Units that were never bought
-- here are nothing to take back. A quantity that is unknown is 1.
CREATE TABLE refunded AS
SELECT returned.seq
FROM (
  SELECT
    held.seq,
    held.units,
    held.units_held,
    min(held.units_held) OVER (
      PARTITION BY held.shopper, held.product_row ORDER BY held.at_ms, held.seq
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS fewest_later
  FROM (
    SELECT
      summed.*,
      summed.total - least(0, min(summed.total) OVER (
        PARTITION BY summed.shopper, summed.product_row ORDER BY summed.at_ms, summed.seq
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      )) AS units_held
    FROM (
      SELECT
        moved.*,
        sum(moved.units) OVER (
          PARTITION BY moved.shopper, moved.product_row ORDER BY moved.at_ms, moved.seq
          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS total
      FROM (
        SELECT
          events.seq,
          events.at_ms,
          products.product_row,
          CASE WHEN events.user_id = '' THEN 's' || events.session_id ELSE 'u' || events.user_id END
            AS shopper,
          CASE WHEN events.event_type = 'refund' THEN -1 ELSE 1 END * coalesce(events.quantity, 1)
            AS units
        FROM events
        JOIN products ON products.product_id = events.product_id
        WHERE events.event_type IN ('purchase', 'refund')
          AND products.product_row IN (
            SELECT refunds.product_row
            FROM products AS refunds
            JOIN events AS refund_events ON refund_events.product_id = refunds.product_id
            WHERE refund_events.event_type = 'refund'
          )
      ) AS moved
    ) AS summed
  ) AS held
) AS returned
WHERE returned.units > 0 AND returned.fewest_later <= returned.units_held - returned.units;
