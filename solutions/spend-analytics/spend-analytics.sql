-- spend-analytics in SQL: who spends how much, when and where, and which users are worth keeping.
--
--   lakewright run spend-analytics.sql --data FOLDER --out FOLDER --country IN --month 2025-02
--
-- Reads events.csv and orders.csv, writes the five tables and the records that must not count to folders below :out. The
-- rules are those of inputs.ts and pipeline.ts.

CREATE NAMESPACE IF NOT EXISTS spend_analytics;
USE spend_analytics;
DROP TABLE IF EXISTS events;
DROP TABLE IF EXISTS orders;

-- Everything is read as text, so that a field that does not fit is told by its name, and the record is kept as it came.
EXECUTE IMMEDIATE 'CREATE TABLE events (
    user_id STRING, country STRING, event_dt STRING, spend STRING, _corrupt_record STRING
  ) USING csv OPTIONS (header "true", enforceSchema "false", escape "\\"") LOCATION "' || :data || '/events.csv"';
EXECUTE IMMEDIATE 'CREATE TABLE orders (user_id STRING, order_id STRING, event_dt STRING, _corrupt_record STRING)
  USING csv OPTIONS (header "true", enforceSchema "false", escape "\\"") LOCATION "' || :data || '/orders.csv"';

-- ------------------------------------------------------------------------------------------ what counts, and what not

CREATE OR REPLACE TEMPORARY VIEW judged_events AS
SELECT
  try_cast(user_id AS INT) AS user_number,
  country,
  try_cast(event_dt AS TIMESTAMP) AS time,
  -- Money is decimal: sums are exact, in whatever order they are added up.
  try_cast(spend AS DECIMAL(12,2)) AS spent,
  CASE
    WHEN _corrupt_record IS NOT NULL THEN 'MALFORMED'
    WHEN user_id IS NULL OR country IS NULL OR event_dt IS NULL THEN 'NULL_KEY'
    WHEN user_number IS NULL THEN 'INVALID_USER'
    WHEN time IS NULL THEN 'INVALID_TIME'
    WHEN spent IS NULL THEN 'INVALID_SPEND'
    WHEN spent < 0 THEN 'NEGATIVE_SPEND'
  END AS reason,
  _metadata.file_path AS source_file,
  coalesce(_corrupt_record, to_json(struct(user_id, country, event_dt, spend))) AS line
FROM events;

CREATE OR REPLACE TEMPORARY VIEW spending AS
SELECT user_number AS user_id, country, time AS event_dt, spent AS spend FROM judged_events WHERE reason IS NULL;

CREATE OR REPLACE TEMPORARY VIEW judged_orders AS
SELECT
  parsed.*,
  CASE
    WHEN _corrupt_record IS NOT NULL THEN 'MALFORMED'
    WHEN user_id IS NULL OR order_id IS NULL THEN 'NULL_KEY'
    WHEN parsed.user_number IS NULL THEN 'INVALID_USER'
    WHEN known.user_number IS NULL THEN 'UNKNOWN_USER'
  END AS reason,
  coalesce(_corrupt_record, to_json(struct(user_id, order_id, event_dt))) AS line
FROM (SELECT *, try_cast(user_id AS INT) AS user_number, _metadata.file_path AS source_file FROM orders) AS parsed
LEFT JOIN (SELECT DISTINCT user_id AS user_number FROM spending) AS known ON parsed.user_number = known.user_number;

CREATE OR REPLACE TEMPORARY VIEW orders_of_users AS
SELECT user_number AS user_id, count(DISTINCT order_id) AS orders FROM judged_orders WHERE reason IS NULL GROUP BY user_number;

-- --------------------------------------------------------------------------------------------------------- the tables

-- The events of a country and month, ranked by what was spent within a day; equal amounts share a rank.
CREATE OR REPLACE TEMPORARY VIEW days AS
SELECT *, to_date(event_dt) AS day, date_format(event_dt, 'yyyy-MM') AS month FROM spending;

DECLARE OR REPLACE VARIABLE chosen_country STRING;
DECLARE OR REPLACE VARIABLE chosen_month STRING;
SET VAR chosen_country = :country;
SET VAR chosen_month = :month;

CREATE OR REPLACE TEMPORARY VIEW spend_rank AS
SELECT
  user_id, country, event_dt, spend, day, dense_rank() OVER (PARTITION BY day ORDER BY spend DESC) AS rank_in_day
FROM days
WHERE country = chosen_country AND month = chosen_month;

-- Six days before and the day itself: seven calendar days, with all events of each of them.
CREATE OR REPLACE TEMPORARY VIEW rolling_spend AS
SELECT
  user_id, country, event_dt, spend,
  sum(spend) OVER (
    PARTITION BY user_id ORDER BY unix_date(day) RANGE BETWEEN 6 PRECEDING AND CURRENT ROW
  ) AS spend_7d
FROM days;

-- The users of a country are those whose latest event was there; of two at once, the last in the alphabet.
CREATE OR REPLACE TEMPORARY VIEW repeat_buyers AS
SELECT
  country,
  sum(CASE WHEN orders >= 2 THEN 1 ELSE 0 END) AS repeat_buyers,
  count(*) AS total_buyers,
  repeat_buyers / total_buyers AS repeat_rate
FROM (SELECT user_id, max_by(country, struct(event_dt, country)) AS country FROM spending GROUP BY user_id)
LEFT JOIN orders_of_users USING (user_id)
GROUP BY country;

-- Recency in days, frequency in orders and money spent of each user.
CREATE OR REPLACE TEMPORARY VIEW behaviour AS
SELECT
  user_id,
  datediff((SELECT date_add(max(day), 1) FROM days), last_day) AS recency,
  coalesce(orders, 0) AS frequency,
  monetary
FROM (SELECT user_id, max(day) AS last_day, sum(spend) AS monetary FROM days GROUP BY user_id)
LEFT JOIN orders_of_users USING (user_id);

-- The quartile of a rank: of n ranks the k-th quartile ends at rank 1 + k (n - 1) / 4.
CREATE OR REPLACE TEMPORARY FUNCTION quartile(place INT, users BIGINT) RETURNS INT
RETURN CASE WHEN users = 1 THEN 1 ELSE greatest(1, ceil((place - 1) * 4 / (users - 1))) END;

CREATE OR REPLACE TEMPORARY VIEW rfm AS
SELECT
  user_id, recency, frequency, monetary,
  5 - quartile(recency_place, users) AS r_score,
  quartile(frequency_place, users) AS f_score,
  quartile(monetary_place, users) AS m_score,
  r_score + f_score + m_score AS rfm_score,
  CASE
    WHEN r_score >= 3 AND f_score >= 3 AND m_score >= 3 THEN 'Champions'
    WHEN r_score >= 3 AND f_score >= 3 THEN 'Loyal'
    WHEN r_score <= 2 AND m_score >= 3 THEN 'At Risk'
    WHEN f_score >= 3 THEN 'Potential Loyalist'
    ELSE 'Hibernating'
  END AS segment
FROM (
  SELECT
    *,
    row_number() OVER (ORDER BY recency, user_id) AS recency_place,
    row_number() OVER (ORDER BY frequency, user_id) AS frequency_place,
    row_number() OVER (ORDER BY monetary, user_id) AS monetary_place,
    count(*) OVER () AS users
  FROM behaviour
);

-- ------------------------------------------------------------------------------------------------------------ writing

CREATE OR REPLACE TEMPORARY VIEW quarantine_events AS
SELECT reason, source_file, line, CAST(NULL AS STRING) AS corrected FROM judged_events WHERE reason IS NOT NULL;

CREATE OR REPLACE TEMPORARY VIEW quarantine_orders AS
SELECT reason, source_file, line, CAST(NULL AS STRING) AS corrected FROM judged_orders WHERE reason IS NOT NULL;

BEGIN
  -- A column for each country: its revenue on each day with events, zero where it had none.
  DECLARE countries STRING;
  SET countries = (
    SELECT array_join(array_sort(collect_set(format_string('coalesce(sum(spend) FILTER (WHERE country = "%s"), 0) AS `%s`', country, country))), ', ')
    FROM spending
  );
  EXECUTE IMMEDIATE 'CREATE OR REPLACE TEMPORARY VIEW daily_revenue AS SELECT day, ' || countries || ' FROM days GROUP BY day';
  FOR output AS
    SELECT * FROM VALUES ('spend_rank'), ('rolling_spend'), ('repeat_buyers'), ('daily_revenue'), ('rfm'),
      ('quarantine_events'), ('quarantine_orders') AS outputs(name)
  DO
    EXECUTE IMMEDIATE 'INSERT OVERWRITE DIRECTORY "' || :out || '/' || output.name || '" USING parquet SELECT * FROM ' || output.name;
  END FOR;
END;

SELECT * FROM rfm ORDER BY user_id LIMIT 10;
