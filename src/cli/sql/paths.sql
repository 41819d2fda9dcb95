-- A session's path: its distinct products in order of first appearance, from 1. Only the beginning of very long
-- sessions counts: they are bots and wholesalers.
CREATE TABLE paths AS
SELECT placed.session_no, placed.shopper_no, placed.recency, placed.product_row, placed.place
FROM (
  SELECT
    sessions.session_no,
    sessions.shopper_no,
    sessions.recency,
    seen.product_row,
    CAST(
      row_number() OVER (
        PARTITION BY sessions.session_no ORDER BY seen.first_ms, seen.first_seq
      ) AS INTEGER
    ) AS place
  FROM (
    SELECT
      kept_events.session_id,
      products.product_row,
      min(kept_events.at_ms) AS first_ms,
      min(kept_events.seq) AS first_seq
    FROM kept_events
    JOIN products ON products.product_id = kept_events.product_id
    JOIN event_strengths ON event_strengths.event_type = kept_events.event_type
    GROUP BY kept_events.session_id, products.product_row
  ) AS seen
  JOIN sessions ON sessions.session_id = seen.session_id
) AS placed
CROSS JOIN settings
WHERE placed.place <= settings.longest_session;
