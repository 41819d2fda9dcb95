-- DuckDB only: a log as CSV, with columns by name. Rows that do not fit go to the table rejects.
SELECT
  row_number() OVER () AS row_no,
  0 AS item_no,
  NULL AS note,
  {session_id} AS session_id,
  {user_id} AS user_id,
  {timestamp} AS time_text,
  {event_type} AS event_type,
  {product_id} AS product_id,
  {quantity} AS quantity,
  {status} AS status
FROM read_csv(
  {file},
  auto_detect = false,
  header = true,
  delim = {delimiter},
  quote = '"',
  escape = '"',
  compression = {compression},
  columns = {columns},
  store_rejects = true,
  rejects_table = 'rejects',
  rejects_scan = 'reject_scans'
)
