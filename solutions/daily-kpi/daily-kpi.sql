-- daily-kpi in SQL: daily figures of a shop by country and category, from its events, users and items.
--
--   lakewright run daily-kpi.sql --data FOLDER --out FOLDER
--
-- Reads events.jsonl, users.jsonl and items.jsonl, writes the figures to :out and the events that must not count beside
-- it. The rules are those of pipeline.ts.

CREATE NAMESPACE IF NOT EXISTS daily_kpi;
USE daily_kpi;
DROP TABLE IF EXISTS figures;
DROP TABLE IF EXISTS quarantine;

EXECUTE IMMEDIATE 'CREATE TABLE figures (
    country STRING, category STRING, events_total BIGINT, purchases BIGINT, revenue DOUBLE, unique_users BIGINT,
    revenue_7d DOUBLE, date DATE
  ) USING parquet PARTITIONED BY (date) LOCATION "' || :out || '"';
EXECUTE IMMEDIATE 'CREATE TABLE quarantine (reason STRING, source_file STRING, line STRING, corrected STRING)
  USING parquet LOCATION "' || :out || '-quarantine"';

EXECUTE IMMEDIATE 'CREATE OR REPLACE TEMPORARY VIEW users (user_id STRING, country STRING)
  USING json OPTIONS (path "' || :data || '/users.jsonl")';
EXECUTE IMMEDIATE 'CREATE OR REPLACE TEMPORARY VIEW items (item_id STRING, category STRING)
  USING json OPTIONS (path "' || :data || '/items.jsonl")';
EXECUTE IMMEDIATE 'CREATE OR REPLACE TEMPORARY VIEW lines AS
  SELECT _metadata.file_path AS source_file, value AS line FROM text.`' || :data || '/events.jsonl`';

CREATE OR REPLACE TEMPORARY VIEW events AS
SELECT source_file, line, event.*
FROM (
  SELECT *, from_json(line, 'event_id STRING, user_id STRING, item_id STRING, event_type STRING, ts BIGINT,
    props MAP<STRING, STRING>, _corrupt_record STRING') AS event
  FROM lines
);

-- Events with the reason for which they must not count: null for those that do. Nothing is dropped.
CREATE OR REPLACE TEMPORARY VIEW judged AS
SELECT
  *,
  to_date(CASE WHEN ts BETWEEN 0 AND 253402300799 THEN timestamp_seconds(ts) END) AS date,
  CASE WHEN event_type = 'purchase' THEN try_cast(props['price'] AS DOUBLE) ELSE 0D END AS revenue,
  CASE
    WHEN _corrupt_record IS NOT NULL THEN 'MALFORMED'
    WHEN user_id IS NULL OR item_id IS NULL OR event_type IS NULL OR ts IS NULL THEN 'NULL_KEY'
    WHEN date IS NULL THEN 'INVALID_TIME'
    WHEN country IS NULL THEN 'UNKNOWN_USER'
    WHEN category IS NULL THEN 'UNKNOWN_ITEM'
    -- NaN is greater than infinity.
    WHEN revenue IS NULL OR revenue >= double('infinity') THEN 'INVALID_PRICE'
    WHEN revenue < 0 THEN 'NEGATIVE_REVENUE'
  END AS reason
FROM events
LEFT JOIN users USING (user_id)
LEFT JOIN items USING (item_id);

-- A blank line is no event.
FROM judged
INSERT OVERWRITE TABLE figures
  SELECT
    country, category, count(*), count_if(event_type = 'purchase'), sum(revenue) AS revenue, count(DISTINCT user_id),
    -- Six days before and the day itself: seven calendar days, however many of them have events.
    sum(sum(revenue)) OVER (
      PARTITION BY country, category ORDER BY unix_date(date) RANGE BETWEEN 6 PRECEDING AND CURRENT ROW
    ),
    date
  WHERE reason IS NULL
  GROUP BY date, country, category
INSERT OVERWRITE TABLE quarantine
  SELECT reason, source_file, line, CAST(NULL AS STRING) WHERE reason IS NOT NULL AND line RLIKE '\\S';

SELECT * FROM figures ORDER BY date, country, category LIMIT 10;
