/** The places of a statement where a value stands that can be another one. */
import type { EdgeKind } from "./values.ts";

export interface Place {
  readonly start: number;
  readonly end: number;
  readonly kind: EdgeKind;
}

const forms: readonly (readonly [form: RegExp, kind: EdgeKind | undefined])[] = [
  [/\s+|--[^\n]*/y, undefined],
  [/(?:DATE)\s*'[^']*'/iy, "date"],
  [/TIMESTAMP(?:_NTZ|_LTZ)?\s*'[^']*'/iy, "timestamp"],
  [/INTERVAL\s*'[^']*'(?:\s+(?:YEARS?|MONTHS?|DAYS?|HOURS?|MINUTES?|SECONDS?)(?:\s+TO\s+\w+)?)?/iy, "interval"],
  [/X'[0-9A-F]*'/iy, "binary"],
  [/R?'(?:[^'\\]|\\[\s\S]|'')*'/iy, "string"],
  [/\d+Y\b/iy, "tinyint"],
  [/\d+S\b/iy, "smallint"],
  [/\d+L\b/iy, "bigint"],
  [/\d+(?:\.\d*)?(?:E[+-]?\d+)?F\b/iy, "float"],
  [/(?:\d+(?:\.\d*)?(?:E[+-]?\d+)?D|\d+(?:\.\d*)?E[+-]?\d+)\b/iy, "double"],
  [/\d*\.\d+(?:BD)?\b|\d+BD\b/iy, "decimal"],
  [/\d+\b/y, "int"],
  [/(?:true|false)\b/iy, "boolean"],
  [/NULL\b(?!\s*[,)]?\s*(?:FIRST|LAST)\b)/iy, "null"],
  // Names, types with their sizes, and everything else.
  [/(?:DECIMAL|CHAR|VARCHAR)\([^)]*\)|\w+|`[^`]*`|[\s\S]/iy, undefined],
];

const groups: Readonly<Record<string, EdgeKind>> = {
  array: "array",
  map: "map",
  named_struct: "struct",
  struct: "struct",
};

/** The values of a statement, with arrays, maps and structs that are written out. */
export function placesOf(sql: string): readonly Place[] {
  const places: Place[] = [];
  for (let at = 0; at < sql.length; ) {
    const [end, kind] = tokenAt(sql, at);
    const group = groups[sql.slice(at, end).toLowerCase()];
    const close = group === undefined || sql[end] !== "(" ? undefined : closing(sql, end);
    if (kind !== undefined) places.push({ start: at, end, kind });
    if (close !== undefined) places.push({ start: at, end: close, kind: group! });
    at = end;
  }
  return places.filter(
    ({ start }) => !/\b(?:IS|NOT|LIMIT|AS|PRECEDING|ROWS|RANGE|INTERVAL)\s+$/i.test(sql.slice(0, start)),
  );
}

function tokenAt(sql: string, at: number): readonly [end: number, kind: EdgeKind | undefined] {
  for (const [form, kind] of forms) {
    form.lastIndex = at;
    const found = form.exec(sql);
    if (found !== null) return [at + found[0].length, kind];
  }
  return [at + 1, undefined];
}

/** The end of the brackets that open at a place. */
function closing(sql: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < sql.length; at = tokenAt(sql, at)[0]) {
    if (sql[at] === "(") depth += 1;
    if (sql[at] === ")" && --depth === 0) return at + 1;
  }
  return undefined;
}
