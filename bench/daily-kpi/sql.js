/** The SQL of the yardstick, in DuckDB's dialect; Python's DuckDB runs the unchecked statements too. */

export const settings = [
  "SET preserve_insertion_order = false",
  // The readers of text have no idea of their size, and these would build hash tables of the events.
  "SET disabled_optimizers = 'join_order,build_side_probe_side'",
];

const USERS = "user_id: 'VARCHAR', country: 'VARCHAR', age: 'INTEGER', gender: 'VARCHAR', registration_date: 'VARCHAR'";
const ITEMS = "item_id: 'VARCHAR', category: 'VARCHAR', price: 'DOUBLE', brand: 'VARCHAR', name: 'VARCHAR'";
const EVENTS =
  "user_id: 'VARCHAR', item_id: 'VARCHAR', event_type: 'VARCHAR', ts: 'BIGINT', props: 'STRUCT(price DOUBLE)'";

const isParquet = (data) => data.endsWith("parquet");
const jsonLines = (path, columns) => `read_json('${path}', format = 'newline_delimited', columns = {${columns}})`;
const table = (data, name, columns) =>
  isParquet(data) ? `read_parquet('${data}/${name}.parquet')` : jsonLines(`${data}/${name}.jsonl`, columns);

/**
 * Small tables have statistics, and small numbers in place of names: they are cheaper to group by, and users can be
 * counted in a set of bits.
 */
const dimensions = (data) => [
  `CREATE OR REPLACE TEMP TABLE users AS
   SELECT user_id, country, (row_number() OVER ())::INTEGER - 1 AS user_code,
          256 * dense_rank() OVER (ORDER BY country) AS country_code
   FROM ${table(data, "users", USERS)}`,
  `CREATE OR REPLACE TEMP TABLE items AS
   SELECT item_id, category, dense_rank() OVER (ORDER BY category) AS category_code
   FROM ${table(data, "items", ITEMS)}`,
  "SET VARIABLE last_user = (SELECT max(user_code) FROM users)",
];

/** One number for day, country and category. */
const CELL = "(ts::BIGINT // 86400) * 65536 + country_code + category_code AS cell";

const FIGURES = `
  count(*) AS events_total, count(*) FILTER (event_type = 'purchase') AS purchases, sum(revenue) AS revenue,
  bit_count(bitstring_agg(user_code, 0, getvariable('last_user'))) AS unique_users`;

const writeFigures = (grouped, folder) => `
  COPY (SELECT date, country, category, events_total, purchases, revenue, unique_users,
               sum(revenue) OVER (PARTITION BY country, category ORDER BY date
                                  RANGE BETWEEN INTERVAL 6 DAYS PRECEDING AND CURRENT ROW) AS revenue_7d
        FROM (SELECT *, DATE '1970-01-01' + (cell // 65536)::INTEGER AS date,
                     cell % 65536 // 256 * 256 AS country_code, cell % 256 AS category_code
              FROM ${grouped})
        JOIN (SELECT DISTINCT country_code, country FROM users) USING (country_code)
        JOIN (SELECT DISTINCT category_code, category FROM items) USING (category_code)
        ORDER BY date, country, category)
  TO '${folder}' (FORMAT parquet, PARTITION_BY (date))`;

/** Figures only: no check but the rule on negative revenue, which drops the rows. */
export function uncheckedStatements(data, out) {
  const price = isParquet(data) ? "TRY_CAST(props['price'] AS DOUBLE)" : "props.price";
  const grouped = `(
    SELECT cell, ${FIGURES}
    FROM (SELECT ${CELL}, user_code, event_type, revenue
          FROM (SELECT ts, user_id, item_id, event_type,
                       CASE WHEN event_type = 'purchase' THEN ${price} ELSE 0.0 END AS revenue
                FROM ${table(data, "events", EVENTS)})
          JOIN users USING (user_id) JOIN items USING (item_id)
          WHERE revenue >= 0)
    GROUP BY cell)`;
  return [...dimensions(data), writeFigures(grouped, out)];
}

/** The time comes as JSON, which tells `1`, `1.5` and `"1"` apart. */
const EVENT =
  '{"user_id":"VARCHAR","item_id":"VARCHAR","event_type":"VARCHAR","ts":"JSON","props":{"price":"VARCHAR"}}';

/** DuckDB's parser of JSON lets commas pass that end nothing; Spark's does not. */
const TRAILING_COMMA = "',\\s*[}\\]]'";
const STRINGS = '\'"([^"\\\\]|\\\\.)*"\'';
const PARSED = `from_json(line, '${EVENT}')`;

/**
 * How a line becomes an event. Strict parsing raises an error at a line that is broken, or may be; careful parsing makes
 * NULL of lines that are; lenient parsing is strict parsing that leaves it to DuckDB what JSON is.
 */
const PARSING = {
  strict: `CASE WHEN regexp_matches(line, ${TRAILING_COMMA}) THEN error('a comma') ELSE ${PARSED} END`,
  lenient: PARSED,
  careful: `CASE WHEN NOT regexp_matches(regexp_replace(line, ${STRINGS}, '""', 'g'), ${TRAILING_COMMA})
                 THEN TRY(${PARSED}) END`,
};

const parsedLines = (data, parsing) => `
  SELECT event.user_id, event.item_id, event.event_type, event.ts::VARCHAR AS time,
         TRY_CAST(event.ts::VARCHAR AS DOUBLE) AS ts, event.props.price, line
  FROM (SELECT line, ${PARSING[parsing]} AS event
        FROM read_csv('${data}/events.jsonl', columns = {line: 'VARCHAR'}, auto_detect = false, header = false,
                      delim = '\x01', quote = '', escape = ''))`;

const parquetRows = (data) => `
  SELECT user_id, item_id, event_type, ts AS time, ts, props['price'] AS price,
         {event_id: event_id, user_id: user_id, item_id: item_id, event_type: event_type, ts: ts, props: props} AS line
  FROM read_parquet('${data}/events.parquet')`;

const parsedEvents = (data, parsing) => `
  SELECT user_id, item_id, event_type, time, ts, line,
         CASE WHEN event_type = 'purchase' THEN TRY_CAST(price AS DOUBLE) ELSE 0.0 END AS revenue
  FROM (${isParquet(data) ? parquetRows(data) : parsedLines(data, parsing)})`;

/** Why an event is rejected on its own account, before anything is known of its user and item. */
const FAULT = `
  CASE WHEN revenue >= 0 AND revenue < 'Infinity'::DOUBLE AND ts = trunc(ts) AND ts BETWEEN 0 AND 253402300799
            AND user_id IS NOT NULL AND item_id IS NOT NULL AND event_type IS NOT NULL
       THEN NULL
       WHEN coalesce(user_id, item_id, event_type, time::VARCHAR) IS NULL OR ts <> trunc(ts) THEN 'MALFORMED'
       WHEN time IS NOT NULL AND ts IS NULL THEN 'MALFORMED'
       WHEN user_id IS NULL OR item_id IS NULL OR event_type IS NULL OR ts IS NULL THEN 'NULL_KEY'
       WHEN ts NOT BETWEEN 0 AND 253402300799 THEN 'INVALID_TIME'
       WHEN revenue IS NULL OR revenue >= 'Infinity'::DOUBLE THEN 'INVALID_PRICE'
       ELSE 'NEGATIVE_REVENUE' END`;

const text = (data) => (isParquet(data) ? "to_json(line)::VARCHAR" : "line");

/** The line stays behind before the joins; an event without user or item then shows as one without a cell. */
const judgedEarly = (data, parsing) => `
  SELECT ${CELL}, CASE WHEN line IS NULL THEN user_code END AS user_code, event_type, revenue, reason, line
  FROM (SELECT * REPLACE (CASE WHEN reason IS NOT NULL THEN ${text(data)} END AS line)
        FROM (SELECT *, ${FAULT} AS reason FROM (${parsedEvents(data, parsing)})))
  LEFT JOIN users USING (user_id) LEFT JOIN items USING (item_id)`;

/** Carries every line through the joins. */
const judgedLate = (data) => `
  SELECT ${CELL}, CASE WHEN reason IS NULL THEN user_code END AS user_code, event_type, revenue, reason,
         CASE WHEN reason IS NOT NULL THEN ${text(data)} END AS line
  FROM (SELECT * REPLACE (CASE WHEN reason IS NOT NULL THEN reason
                               WHEN user_code IS NULL THEN 'UNKNOWN_USER'
                               WHEN category_code IS NULL THEN 'UNKNOWN_ITEM' END AS reason)
        FROM (SELECT *, ${FAULT} AS reason FROM (${parsedEvents(data, "careful")}))
        LEFT JOIN users USING (user_id) LEFT JOIN items USING (item_id))`;

/** A rejected line is a group of its own, which spills when there are too many of them, and equal lines are counted. */
const grouped = (judged) => `
  CREATE OR REPLACE TEMP TABLE grouped AS SELECT cell, reason, line, ${FIGURES} FROM (${judged}) GROUP BY ALL`;

/** One pass over events without surprises; it fails at one that it has not foreseen. */
export const fastPass = (data, parsing) => [
  ...dimensions(data),
  grouped(judgedEarly(data, parsing)),
  "SELECT error('unknown users or items') FROM grouped WHERE cell IS NULL AND reason IS NULL",
];

/** The same for events of any kind, slower. */
export const carefulPass = (data) => [...dimensions(data), grouped(judgedLate(data))];

/** Figures and rejected lines to folders of their own. */
export const writeChecked = (data, { figures, quarantine }) => [
  writeFigures("grouped WHERE reason IS NULL", figures),
  `COPY (SELECT reason, '${data}/events.${isParquet(data) ? "parquet" : "jsonl"}' AS source_file, line
         FROM (SELECT reason, line, unnest(range(events_total)) FROM grouped WHERE reason IS NOT NULL))
   TO '${quarantine}' (FORMAT parquet, PER_THREAD_OUTPUT)`,
];

/** What was computed and what was written, as two rows that have to be equal. */
export const verification = (out, quarantine) => `
  SELECT count(*) FILTER (reason IS NULL), count(DISTINCT cell // 65536) FILTER (reason IS NULL),
         sum(events_total) FILTER (reason IS NULL), sum(purchases) FILTER (reason IS NULL),
         round(sum(revenue) FILTER (reason IS NULL), 2), coalesce(sum(events_total) FILTER (reason IS NOT NULL), 0)
  FROM grouped
  UNION ALL
  SELECT count(*), count(DISTINCT date), sum(events_total), sum(purchases), round(sum(revenue), 2),
         (SELECT count(*) FROM read_parquet('${quarantine}/*.parquet'))
  FROM read_parquet('${out}/*/*.parquet', hive_partitioning = true)`;
