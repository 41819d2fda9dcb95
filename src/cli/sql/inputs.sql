-- What the counting reads, beside the events. Plain types; BigQuery calls them STRING, INT64, FLOAT64.
CREATE TABLE products (product_id VARCHAR, product_row INTEGER);

-- How much an event says about the wish for its product. Other event types are ignored.
CREATE TABLE event_strengths (event_type VARCHAR, strength DOUBLE PRECISION);

-- What a pair weighs whose second product stands `step` places after the first, from the first to the
-- second and back.
CREATE TABLE steps (step INTEGER, onward DOUBLE PRECISION, backward DOUBLE PRECISION);

-- One row. Weights are rounded to whole numbers of 1 / `units` before they are added up: such sums are
-- exact, so every engine, with however many threads it adds, comes to the same.
CREATE TABLE settings (
  units DOUBLE PRECISION,
  popularity_half_life_ms DOUBLE PRECISION,
  crowd_half_life_ms DOUBLE PRECISION,
  longest_session INTEGER,
  shrinkage DOUBLE PRECISION,
  min_shoppers INTEGER,
  neighbors INTEGER
);
