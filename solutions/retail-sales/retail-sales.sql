-- retail-sales in SQL: what each store sold by day and by month, from its sales.
--
--   lakewright run retail-sales.sql --data FOLDER --out FOLDER
--
-- Reads sales.csv, writes both summaries and the sales that must not count to folders below :out. The rules are those of
-- pipeline.ts.

CREATE NAMESPACE IF NOT EXISTS retail_sales;
USE retail_sales;
DROP TABLE IF EXISTS sales;
DROP TABLE IF EXISTS daily_sales_summary;
DROP TABLE IF EXISTS monthly_sales_summary;
DROP TABLE IF EXISTS quarantine;

-- Everything is read as text, so that a field that does not fit is told by its name, and the sale is kept as it came.
EXECUTE IMMEDIATE 'CREATE TABLE sales (
    TransactionID STRING, Timestamp STRING, StoreID STRING, ProductID STRING, Quantity STRING, UnitPrice STRING,
    _corrupt_record STRING
  ) USING csv OPTIONS (header "true", enforceSchema "false", escape "\\"") LOCATION "' || :data || '/sales.csv"';
EXECUTE IMMEDIATE 'CREATE TABLE daily_sales_summary (
    SaleDate STRING, TotalDailySales DECIMAL(31,2), TotalDailyTransactions BIGINT, StoreID STRING
  ) USING parquet PARTITIONED BY (StoreID) LOCATION "' || :out || '/daily_sales_summary"';
EXECUTE IMMEDIATE 'CREATE TABLE monthly_sales_summary (
    StoreID STRING, SaleMonth STRING, TotalMonthlySales DECIMAL(31,2), TotalMonthlyTransactions BIGINT
  ) USING parquet LOCATION "' || :out || '/monthly_sales_summary"';
EXECUTE IMMEDIATE 'CREATE TABLE quarantine (reason STRING, source_file STRING, line STRING, corrected STRING)
  USING parquet LOCATION "' || :out || '/quarantine"';

-- Sales with the reason for which they must not count: null for those that do.
CREATE OR REPLACE TEMPORARY VIEW judged AS
SELECT
  try_to_timestamp(Timestamp, 'yyyy-MM-dd HH:mm:ss') AS time,
  try_cast(Quantity AS INT) AS sold,
  -- Money is decimal; more digits than cents are an error, not something to round.
  try_cast(UnitPrice AS DECIMAL(10,2)) AS price,
  try_cast(UnitPrice AS DECIMAL(18,6)) AS exact_price,
  StoreID,
  CASE
    WHEN _corrupt_record IS NOT NULL THEN 'MALFORMED'
    WHEN TransactionID IS NULL OR Timestamp IS NULL OR StoreID IS NULL THEN 'NULL_KEY'
    WHEN time IS NULL THEN 'INVALID_TIMESTAMP'
    WHEN sold IS NULL OR sold <= 0 THEN 'INVALID_QUANTITY'
    WHEN price IS NULL OR exact_price IS NULL OR price <> exact_price THEN 'INVALID_PRICE'
    WHEN price < 0 THEN 'NEGATIVE_PRICE'
  END AS reason,
  _metadata.file_path AS source_file,
  coalesce(
    _corrupt_record, to_json(struct(TransactionID, Timestamp, StoreID, ProductID, Quantity, UnitPrice))
  ) AS line
FROM sales;

FROM judged
INSERT OVERWRITE TABLE daily_sales_summary
  SELECT date_format(time, 'yyyy-MM-dd') AS SaleDate, sum(sold * price), count(*), StoreID
  WHERE reason IS NULL GROUP BY StoreID, SaleDate
INSERT OVERWRITE TABLE monthly_sales_summary
  SELECT StoreID, date_format(time, 'yyyy-MM') AS SaleMonth, sum(sold * price), count(*)
  WHERE reason IS NULL GROUP BY StoreID, SaleMonth
INSERT OVERWRITE TABLE quarantine
  SELECT reason, source_file, line, CAST(NULL AS STRING) WHERE reason IS NOT NULL;

SELECT * FROM monthly_sales_summary ORDER BY StoreID, SaleMonth LIMIT 10;
