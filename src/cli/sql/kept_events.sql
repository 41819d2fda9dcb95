-- The log without refunds and the purchases that they took back.
CREATE VIEW kept_events AS
SELECT
  events.session_id,
  events.user_id,
  events.at_ms,
  events.seq,
  events.event_type,
  events.product_id
FROM events
LEFT JOIN refunded ON refunded.seq = events.seq
WHERE events.event_type <> 'refund' AND refunded.seq IS NULL;
