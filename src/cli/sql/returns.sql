-- How often shoppers go back: their steps from one product to another, by how many distinct products they knew
-- before, and how many of the steps led to one of those. With one known product there is nothing to go back to.
-- Steps are summed per shopper first, so that nothing needs count(DISTINCT).
CREATE TABLE returns AS
SELECT
  per_shopper.bucket,
  CAST(sum(per_shopper.steps) AS BIGINT) AS steps,
  CAST(sum(per_shopper.returns) AS BIGINT) AS returns,
  CAST(count(*) AS BIGINT) AS shoppers
FROM (
  SELECT
    return_buckets.bucket,
    walked.shopper_no,
    count(*) AS steps,
    sum(1 - walked.is_new) AS returns
  FROM (
    SELECT
      seen.shopper_no,
      seen.product_row,
      seen.is_new,
      lag(seen.product_row) OVER (
        PARTITION BY seen.shopper_no ORDER BY seen.at_ms, seen.seq
      ) AS previous_row,
      sum(seen.is_new) OVER (
        PARTITION BY seen.shopper_no ORDER BY seen.at_ms, seen.seq
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS known
    FROM (
      SELECT
        sessions.shopper_no,
        products.product_row,
        events.at_ms,
        events.seq,
        CASE
          WHEN row_number() OVER (
            PARTITION BY sessions.shopper_no, products.product_row ORDER BY events.at_ms, events.seq
          ) = 1 THEN 1
          ELSE 0
        END AS is_new
      FROM events
      JOIN sessions ON sessions.session_id = events.session_id
      JOIN products ON products.product_id = events.product_id
      JOIN event_strengths ON event_strengths.event_type = events.event_type
    ) AS seen
  ) AS walked
  JOIN return_buckets ON walked.known BETWEEN return_buckets.from_known AND return_buckets.to_known
  WHERE walked.product_row <> walked.previous_row
  GROUP BY return_buckets.bucket, walked.shopper_no
) AS per_shopper
GROUP BY per_shopper.bucket;
