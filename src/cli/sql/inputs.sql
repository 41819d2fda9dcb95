-- The inputs of the counting, besides the events. Plain types; BigQuery's names are STRING, INT64, FLOAT64.
CREATE TABLE products (product_id VARCHAR, product_row INTEGER);

-- How strongly an event shows interest in its product. Other event types are ignored.
CREATE TABLE event_strengths (event_type VARCHAR, strength DOUBLE PRECISION);

-- The weight of a pair whose second product is `step` places after the first, from the first to the second
-- and back.
CREATE TABLE steps (step INTEGER, onward DOUBLE PRECISION, backward DOUBLE PRECISION);

-- One row. Weights are rounded to whole numbers of 1 / `units` before they are added: such sums are exact, so
-- every engine gets the same result with any number of threads.
CREATE TABLE settings (
  units DOUBLE PRECISION,
  popularity_half_life_ms DOUBLE PRECISION,
  crowd_half_life_ms DOUBLE PRECISION,
  longest_session INTEGER,
  shrinkage DOUBLE PRECISION,
  min_shoppers INTEGER,
  neighbors INTEGER
);

-- Numbers of distinct products that a shopper may know, in groups.
CREATE TABLE return_buckets (bucket INTEGER, from_known INTEGER, to_known INTEGER);
