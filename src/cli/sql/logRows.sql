-- DuckDB only: the rows of one file of a shop's log, each with the fault for which it is left out, or
-- none. {source} selects row_no, item_no, note, session_id, user_id, time_text, event_type, product_id,
-- quantity, status; note: what reading already found wrong. {meaning} makes one of our types of a word.
INSERT INTO log_rows
SELECT
  {file_no} AS file_no,
  row_no,
  item_no,
  session_id,
  coalesce(user_id, '') AS user_id,
  epoch_ms(read_time) AS at_ms,
  CASE
    WHEN meaning = 'purchase' AND (units < 0 OR is_taken_back) THEN 'refund'
    ELSE meaning
  END AS event_type,
  product_id,
  CASE
    WHEN meaning = '' THEN NULL
    WHEN note IS NOT NULL THEN note
    WHEN {lacks_session} AND coalesce(session_id, '') = '' THEN '{session_id} is "", expected a session''s id'
    WHEN read_time IS NULL OR NOT isfinite(read_time) THEN
      '{timestamp} is "' || coalesce(time_text, '') || '", expected {time}'
    WHEN epoch_ms(read_time) > {latest} THEN
      '{timestamp} is "' || time_text || '", expected a time that is past'
    WHEN meaning IS NULL THEN
      '{event_type} is "' || coalesce(event_type, '') || '", expected one of {event_types}'
    WHEN coalesce(product_id, '') = '' THEN '{product_id} is "", expected a product''s id'
    WHEN coalesce(quantity, '') <> '' AND units IS NULL THEN
      '{quantity} is "' || quantity || '", expected a number of units'
    WHEN units = 0 AND meaning = 'purchase' THEN '{quantity} is "' || quantity || '", expected 1 or more'
  END AS fault
FROM (
  SELECT
    *,
    {read_time} AS read_time,
    {meaning} AS meaning,
    try_cast(replace(trim(quantity), ',', '.') AS DOUBLE) AS units,
    regexp_matches(lower(coalesce(status, '')), '^(refunded|voided|void|cancel.*|failed|returned|storniert|annul.*)$')
      AS is_taken_back
  FROM ({source})
)
