-- DuckDB only: the rows of a shop's log in Vitrine's format, or mapped to it. Each is checked, and has
-- the fault it is left out for, or none. {source}: read_csv of the file, all columns text.
INSERT INTO log_rows
SELECT
  {file_no} AS file_no,
  row_number() OVER () AS row_no,
  session_id,
  coalesce(user_id, '') AS user_id,
  epoch_ms(at) AS at_ms,
  event_type,
  product_id,
  CASE
    WHEN coalesce(session_id, '') = '' THEN 'column session_id is "", expected a session''s id'
    WHEN at IS NULL OR NOT isfinite(at)
      THEN 'column timestamp is "' || coalesce(time_text, '') || '", expected a UTC ISO time'
    WHEN event_type IS NULL OR event_type NOT IN (SELECT event_type FROM event_strengths)
      THEN 'column event_type is "' || coalesce(event_type, '') || '", expected one of ' || (
        SELECT string_agg(event_type, ', ' ORDER BY event_type) FROM event_strengths
      )
    WHEN coalesce(product_id, '') = '' THEN 'column product_id is "", expected a product''s id'
  END AS fault
FROM ({source})
