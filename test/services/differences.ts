/** Programs whose result is not Spark's, and why. One that has become equal fails until its line goes. */

/** Why a program has another result than in Spark. */
export interface Difference {
  /** `ours`: not built yet · `cannot`: the engine has no way to it · `never`: on purpose. */
  readonly kind: "ours" | "cannot" | "never";
  readonly reason: string;
}

const ours = (reason: string): Difference => ({ kind: "ours", reason });
const cannot = (reason: string): Difference => ({ kind: "cannot", reason });
const never = (reason: string): Difference => ({ kind: "never", reason });

/** By theme and program. */
export const differences: Readonly<Record<string, Difference>> = {
  "columns and their generated names: names of parts": ours(
    "get() is named as the brackets that it is written with inside",
  ),
  "groups: percentiles": ours("percentile with several fractions is not lowered"),
  "groups: products and means": ours("PySpark's mean() is avg() by name too"),
  "groups: pivot without values": ours("Spark refuses a star inside of a pivot"),
  "groups: a group by a map": ours("refused; Spark groups by maps, though it makes the null of one a zero"),
  "groups: describe": ours("the deviation of a column with NaN is an error of DuckDB's, and NaN in Spark"),
  "groups: describe of columns": cannot("DuckDB's running variance rounds otherwise in the last digit"),
  "windows: other aggregates": cannot("DuckDB's running variance rounds otherwise in the last digit"),
  "windows: first, last and nth values": ours("the generated name of nth_value does not say `ignore nulls`"),
  "windows: frames of ranges over dates": never(
    "days are INT here, as in SQL; PySpark's bounds are BIGINT, which DATE refuses",
  ),
  "windows: a range over two columns": never("Spark's parameters hold its internal ids of columns"),
  "order and amount of rows: by an aggregate that is not selected": ours(
    "sorting by aggregates of what was grouped is not resolved",
  ),
  "arrays, maps and structs: a map key twice": ours("the error does not name the key"),
  "text: case": ours("initcap keeps the accent of a dotted capital I apart"),
  "text: sounds and distances": ours("sentences is not lowered"),
  "numbers: rounding of edges": ours("signum loses the sign of zero"),
  "numbers: functions of doubles": ours("log of one argument is named ln"),
  "numbers: literals": ours("an array literal is named array in lower case"),
  "decimals: + of the largest decimals": ours("the overflow has the condition of integers"),
  "decimals: * of the largest decimals": ours("the overflow has the condition of integers"),
  "decimals: products of many digits": ours("products of more than 38 digits on the way are refused by DuckDB"),
  "dates and timestamps: patterns in Europe/Zurich": ours(
    "patterns with D are a day off and offsets are UTC's in other zones",
  ),
  "dates and timestamps: patterns in America/New_York": ours(
    "patterns with D are a day off and offsets are UTC's in other zones",
  ),
  "dates and timestamps: text to moments in UTC": ours("a local timestamp of text with a zone is refused"),
  "dates and timestamps: text to moments in Europe/Zurich": ours("a local timestamp of text with a zone is refused"),
  "dates and timestamps: text to moments in America/New_York": ours("a local timestamp of text with a zone is refused"),
  "casts: numerals.text to timestamp_ntz": ours("a local timestamp of text with a zone is refused"),
  "dates and timestamps: moments by their parts in UTC": ours("make_timestamp is not lowered"),
  "dates and timestamps: moments by their parts in Europe/Zurich": ours("make_timestamp is not lowered"),
  "dates and timestamps: moments by their parts in America/New_York": ours("make_timestamp is not lowered"),
  "dates and timestamps: adding days and hours to moments in UTC": ours(
    "timestampadd and timestampdiff are not lowered",
  ),
  "dates and timestamps: adding days and hours to moments in Europe/Zurich": ours(
    "timestampadd and timestampdiff are not lowered",
  ),
  "dates and timestamps: adding days and hours to moments in America/New_York": ours(
    "timestampadd and timestampdiff are not lowered",
  ),
  "dates and timestamps: other zones in UTC": ours("from_utc_timestamp and to_utc_timestamp are not lowered"),
  "dates and timestamps: other zones in Europe/Zurich": ours("from_utc_timestamp and to_utc_timestamp are not lowered"),
  "dates and timestamps: other zones in America/New_York": ours(
    "from_utc_timestamp and to_utc_timestamp are not lowered",
  ),
  "dates and timestamps: arithmetic of dates": ours("next_day is not lowered"),
  "dates and timestamps: a day of week that is none": ours("next_day is not lowered"),
  "dates and timestamps: more of dates": ours("date_part is not lowered"),
  "dates and timestamps: text that fits no pattern": ours("the error does not say what Java's parser says"),
  "casts: numerals.text to decimal(10,2)": ours("Java reads digits of every script"),
  "casts: numerals.text to decimal(38,18)": ours("Java reads digits of every script"),
  "casts: numerals.text to interval day to second": ours("text to intervals has no kernel"),
  "casts: numerals.text to interval year to month": ours("text to intervals has no kernel"),
  "casts: numbers.l to timestamp": never("a Timestamp of JavaScript ends some 285,000 years from 1970"),
  "casts: '1234567' to decimal(5,2) fails": ours("reported as malformed"),
  "casts: 1e10 to int fails": never("lit() takes a whole number of JavaScript as an integer"),
  "casts: 123456.0 to decimal(5,2) fails": never("lit() takes a whole number of JavaScript as an integer"),
  "casts: 1 to binary fails": ours("the error suggests no setting"),
  "JSON text: structs": ours("objects taken as text keep their blanks, and an empty text is a struct of nulls"),
  "JSON text: other types": ours("objects taken as text keep their blanks, and an empty text is a struct of nulls"),
  "JSON text: failing fast": never("the bad record is named by its text, which Spark has lost by then"),
  "views, observations and rows of programs: a view that is no more": ours("the error lacks the search path"),
  "views, observations and rows of programs: a row of another type": never(
    "values and types are named as JavaScript has them",
  ),
  "views, observations and rows of programs: a null where none may be": never("the row is named too"),
  "na methods: fill an unknown column": ours("suggestions are ordered by likeness, which Spark does not do here"),
};
