/** Dates and times as Spark writes them: years of four digits, a sign before all that have more or come before the year zero. */

/** SQL of the year of a date or time. */
export const yearText = (value: string): string =>
  `CASE WHEN year(${value}) > 9999 THEN printf('+%d', year(${value})) WHEN year(${value}) < 0 THEN printf('%05d', year(${value})) ELSE printf('%04d', year(${value})) END`;

/** SQL of the text of a date. */
export const dateText = (value: string): string =>
  `CASE WHEN ${value} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN (${value})::VARCHAR ELSE (${yearText(value)}) || strftime(${value}, '-%m-%d') END`;

/** SQL of the text of a time without zone, its fraction without zeros at the end. */
export function clockText(value: string): string {
  const usual = `${value} BETWEEN TIMESTAMP '0001-01-01' AND TIMESTAMP '9999-12-31 23:59:59.999999'`;
  const fraction = `rtrim(rtrim(strftime(${value}, '.%f'), '0'), '.')`;
  return `CASE WHEN ${usual} THEN (${value})::VARCHAR ELSE (${yearText(value)}) || strftime(${value}, '-%m-%d %H:%M:%S') || ${fraction} END`;
}
