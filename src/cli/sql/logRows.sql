-- DuckDB only: the rows of one file of a shop's log, each with the fault that rejects it, or none. {source} selects row_no, item_no, note, session_id, user_id, time_text, event_type, product_id;
-- note: a problem already found while reading.
INSERT INTO log_rows
SELECT
  {file_no} AS file_no,
  row_no,
  item_no,
  session_id,
  coalesce(user_id, '') AS user_id,
  epoch_ms(read_time) AS at_ms,
  event_type,
  product_id,
  CASE
    WHEN note IS NOT NULL THEN note
    WHEN coalesce(session_id, '') = '' THEN '{session_id} is "", expected a session''s id'
    WHEN read_time IS NULL OR NOT isfinite(read_time) THEN
      '{timestamp} is "' || coalesce(time_text, '') || '", expected a UTC ISO time'
    WHEN event_type IS NULL OR event_type NOT IN (SELECT event_type FROM event_strengths) THEN
      '{event_type} is "' || coalesce(event_type, '') || '", expected one of {event_types}'
    WHEN coalesce(product_id, '') = '' THEN '{product_id} is "", expected a product''s id'
  END AS fault
FROM (
  SELECT
    *,
    -- The cast rejects a space before the offset, which some shops export.
    try_cast(regexp_replace(time_text, ' ([+-]\d\d:?\d\d)$', '\1') AS TIMESTAMPTZ) AS read_time
  FROM ({source})
)
