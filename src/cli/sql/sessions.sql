-- Sessions with their shopper and their weight, which halves for each half-life from their end to the log's last
-- event. A session without a user counts as a separate shopper.
CREATE TABLE sessions AS
SELECT
  ended.session_id,
  CAST(row_number() OVER (ORDER BY ended.session_id) AS INTEGER) AS session_no,
  CAST(dense_rank() OVER (ORDER BY ended.shopper) AS INTEGER) AS shopper_no,
  power(2, -(log.until_ms - ended.ended_ms) / settings.crowd_half_life_ms) AS recency
FROM (
  SELECT
    session_id,
    CASE WHEN max(user_id) = '' THEN 's' || session_id ELSE 'u' || max(user_id) END AS shopper,
    max(at_ms) AS ended_ms
  FROM kept_events
  GROUP BY session_id
) AS ended
CROSS JOIN (SELECT max(at_ms) AS until_ms FROM kept_events) AS log
CROSS JOIN settings;
