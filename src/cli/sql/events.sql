-- The log. at_ms: milliseconds since 1970, UTC. seq: unique place in the log. user_id: '' for an unknown
-- shopper. quantity: units bought or, of a refund, returned; NULL where it is unknown. `vitrine pack` reads it
-- from files; in a warehouse, make it a view on your own table.
CREATE TABLE events (
  session_id VARCHAR,
  user_id VARCHAR,
  at_ms BIGINT,
  seq BIGINT,
  event_type VARCHAR,
  product_id VARCHAR,
  quantity INTEGER
);
