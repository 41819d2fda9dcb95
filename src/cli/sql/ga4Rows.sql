-- DuckDB only: a GA4 export from BigQuery as JSON lines, one row per item. Events without a product
-- are skipped; read_json returns empty rows for lines that are not JSON.
SELECT
  row_no,
  generate_subscripts(some_items, 1) AS item_no,
  CASE
    WHEN event_name IS NULL THEN 'no JSON object with event_name'
    WHEN ga_session_id IS NULL THEN 'event_params holds no ga_session_id'
  END AS note,
  coalesce(user_pseudo_id, '') || '.' || ga_session_id AS session_id,
  coalesce(user_id, user_pseudo_id) AS user_id,
  event_timestamp AS time_text,
  event_name AS event_type,
  unnest(some_items).item_id AS product_id,
  unnest(some_items).quantity AS quantity,
  NULL AS status
FROM (
  SELECT
    row_number() OVER () AS row_no,
    *,
    list_filter(event_params, lambda param: param.key = 'ga_session_id')[1].value.int_value
      AS ga_session_id,
    CASE WHEN len(items) > 0 THEN items ELSE [NULL] END AS some_items
  FROM read_json(
    {file},
    format = 'newline_delimited',
    ignore_errors = true,
    compression = {compression},
    columns = {
      event_name: 'VARCHAR',
      event_timestamp: 'VARCHAR',
      user_pseudo_id: 'VARCHAR',
      user_id: 'VARCHAR',
      event_params: 'STRUCT("key" VARCHAR, "value" STRUCT(int_value VARCHAR))[]',
      items: 'STRUCT(item_id VARCHAR, quantity VARCHAR)[]'
    }
  )
)
WHERE event_name IS NULL
  OR event_name IN ('view_item', 'add_to_cart', 'add_to_wishlist', 'purchase', 'refund')
