/** DuckDB's errors under Spark's conditions. */
import { type ErrorDetails, ExecutionError, InternalError, isLakewrightError, UnsupportedError } from "../../errors.ts";
import { storageError } from "../../storage/storage-error.ts";
import { decimalResult } from "./decimal-result.ts";
import { overflow, sparkParameters } from "./error-parameters.ts";
import { type Trace, traced } from "./error-sites.ts";
import { functionConditions } from "./function-conditions.ts";
import { errorMark } from "./sql-text.ts";

/** How an error of a condition is told. */
export interface Condition {
  readonly sqlState: string;
  readonly sentence: (parameters: Readonly<Record<string, string>>) => string;
  readonly hint?: string;
}

const unmatchedInterval: Condition = {
  sqlState: "22006",
  sentence: ({ input, typeName, supportedFormat }) =>
    `Error parsing '${input}' to interval: it does not match the format ${supportedFormat} when cast to ${typeName}`,
  hint: "Correct the text, or use tryCast(…) to get NULL instead.",
};

/** The conditions that compiled plans raise. */
const conditions: Readonly<Record<string, Condition>> = {
  ...functionConditions,
  DIVIDE_BY_ZERO: {
    sqlState: "22012",
    sentence: () => "Division by zero",
    hint: "Use try_divide to tolerate divisor being 0 and return NULL instead.",
  },
  REMAINDER_BY_ZERO: {
    sqlState: "22012",
    sentence: () => "Remainder by zero",
    hint: "Use try_mod to tolerate divisor being 0 and return NULL instead.",
  },
  CAST_INVALID_INPUT: {
    sqlState: "22018",
    sentence: ({ value, from, to }) =>
      `The value '${value}' of the type "${from}" cannot be cast to "${to}" because it is malformed`,
    hint: "Correct the value, or use tryCast(…) to get NULL instead.",
  },
  CAST_OVERFLOW: {
    sqlState: "22003",
    sentence: ({ value, from, to }) =>
      `The value ${value} of the type "${from}" cannot be cast to "${to}" due to an overflow`,
    hint: "Use tryCast(…) to tolerate overflow and return NULL instead.",
  },
  CAST_OVERFLOW_IN_TABLE_INSERT: {
    sqlState: "22003",
    sentence: ({ from, to, column }) =>
      `Fail to assign a value of "${from}" type to the "${to}" type column or variable \`${column}\` due to an overflow`,
    hint: "Use tryCast(…) on the input value to tolerate overflow and return NULL instead.",
  },
  EXCEED_LIMIT_LENGTH: {
    sqlState: "54006",
    sentence: ({ limit }) => `Exceeds char/varchar type length limitation: ${limit}`,
    hint: "Shorten the text, or give the column a longer type.",
  },
  ARITHMETIC_OVERFLOW: {
    sqlState: "22003",
    sentence: () => "Arithmetic overflow",
    hint: "Use try_add, try_subtract, try_multiply or a wider type.",
  },
  BINARY_ARITHMETIC_OVERFLOW: {
    sqlState: "22003",
    sentence: ({ value1, symbol, value2 }) => `${value1} ${symbol} ${value2} caused overflow`,
    hint: "Use try_add, try_subtract, try_multiply or a wider type.",
  },
  INVALID_ARRAY_INDEX: {
    sqlState: "22003",
    sentence: ({ index, size }) => `The index ${index} is out of bounds. The array has ${size} elements`,
    hint: "Use get(…) to tolerate an index out of bounds and return NULL instead.",
  },
  INVALID_ARRAY_INDEX_IN_ELEMENT_AT: {
    sqlState: "22003",
    sentence: ({ index, size }) => `The index ${index} is out of bounds. The array has ${size} elements`,
    hint: "Use try_element_at to tolerate accessing an element at an invalid index and return NULL instead.",
  },
  INVALID_INDEX_OF_ZERO: {
    sqlState: "22003",
    sentence: () => "The index 0 is invalid. An index shall be either < 0 or > 0 (the first element has index 1)",
  },
  "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION": {
    sqlState: "22003",
    sentence: ({ value = "", precision, scale }) =>
      `${decimalResult(value)} cannot be represented as Decimal(${precision}, ${scale})`,
    hint: "Use a decimal with more digits, or tryCast(…) to get NULL instead.",
  },
  NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION: {
    sqlState: "22003",
    sentence: ({ negativeValue }) =>
      `Found the negative frequency ${negativeValue}, but expected a positive integral value`,
    hint: "Leave such rows out, for example with FILTER (WHERE …).",
  },
  NUMERIC_OUT_OF_SUPPORTED_RANGE: {
    sqlState: "22003",
    sentence: ({ value }) => `The value ${value} cannot be interpreted as a numeric since it has more than 38 digits`,
  },
  "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE": unmatchedInterval,
  "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING": unmatchedInterval,
  "INVALID_INTERVAL_FORMAT.INTERVAL_PARSING": {
    sqlState: "22006",
    sentence: ({ input }) => `Error parsing '${input}' to interval: a number in it is out of range`,
  },
  SCALAR_SUBQUERY_TOO_MANY_ROWS: {
    sqlState: "21000",
    sentence: () => "More than one row returned by a subquery used as an expression",
  },
  RECURSION_LEVEL_LIMIT_EXCEEDED: {
    sqlState: "42836",
    sentence: ({ levelLimit }) =>
      `Recursion level limit ${levelLimit} reached but query has not exhausted, try increasing it like 'WITH RECURSIVE t(col) MAX RECURSION LEVEL 200'`,
  },
  RECURSION_ROW_LIMIT_EXCEEDED: {
    sqlState: "42836",
    sentence: ({ rowLimit }) =>
      `Recursion row limit ${rowLimit} reached but query has not exhausted, try setting a larger LIMIT value when querying the CTE relation`,
  },
  TASK_WRITE_FAILED: {
    sqlState: "58030",
    sentence: ({ value }) => `Task failed while writing rows: XML cannot hold ${JSON.stringify(value)}`,
    hint: "Elements are named by letters, digits and a few signs; texts have no control characters. Replace them, or write JSON.",
  },
  NULL_MAP_KEY: { sqlState: "2200E", sentence: () => "Cannot use null as map key" },
  DUPLICATED_MAP_KEY: {
    sqlState: "23505",
    sentence: ({ key }) => `Duplicate map key${key ? ` ${key}` : ""} was found, please check the input data`,
  },
  _LEGACY_ERROR_TEMP_2128: {
    sqlState: "XX000",
    sentence: () => "The key array and value array of MapData must have the same length.",
  },
  ILLEGAL_SEQUENCE_BOUNDARIES: {
    sqlState: "22023",
    sentence: ({ start, stop, step }) => `Illegal sequence boundaries: ${start} to ${stop} by ${step}`,
    hint: "The step must lead from the first bound to the other.",
  },
  "INVALID_PARAMETER_VALUE.START": {
    sqlState: "22023",
    sentence: ({ functionName }) =>
      `The value of parameter(s) \`start\` in ${functionName} is invalid: Expects a positive or a negative value for \`start\`, but got 0`,
  },
  "INVALID_PARAMETER_VALUE.LENGTH": {
    sqlState: "22023",
    sentence: ({ functionName, length }) =>
      `The value of parameter(s) \`length\` in ${functionName} is invalid: Expects \`length\` greater than or equal to 0, but got ${length}`,
  },
  COMPARATOR_RETURNS_NULL: {
    sqlState: "22004",
    sentence: () =>
      'The comparator has returned a NULL for a comparison of two elements. It should return a positive integer for "greater than", 0 for "equal" and a negative integer for "less than"',
  },
  CANNOT_PARSE_TIMESTAMP: {
    sqlState: "22007",
    sentence: ({ message }) => message ?? "",
    hint: "Correct the text or the pattern, or use try_to_timestamp or try_to_date to get NULL instead.",
  },
  "DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION": {
    sqlState: "22023",
    sentence: ({ message }) => message ?? "A field of a date or time is out of bounds",
  },
  "DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION": {
    sqlState: "22023",
    sentence: ({ message }) => message ?? "A field of a time is out of bounds",
  },
  CANNOT_PARSE_TIME: {
    sqlState: "22010",
    sentence: ({ input, format }) =>
      `The input string '${input}' cannot be parsed to a TIME value because it does not match to the datetime format '${format}'`,
    hint: "Correct the text or the pattern, or use try_to_time to get NULL instead.",
  },
  "INVALID_PARAMETER_VALUE.TIME_UNIT": {
    sqlState: "22023",
    sentence: ({ functionName, unit }) =>
      `The value of parameter(s) \`unit\` in \`${functionName}\` is invalid: expects one of the units 'HOUR', 'MINUTE', 'SECOND', 'MILLISECOND', 'MICROSECOND', but got '${unit}'`,
  },
  DATETIME_OVERFLOW: {
    sqlState: "22008",
    sentence: () => "Datetime operation overflow: the result is beyond the range of its type",
  },
  INVALID_FRACTION_OF_SECOND: {
    sqlState: "22023",
    sentence: ({ secAndMicros }) =>
      `Valid range for seconds is [0, 60] (inclusive), but the provided value is ${secAndMicros}`,
    hint: "Use try_make_timestamp to get NULL instead.",
  },
  "INVALID_PARAMETER_VALUE.DATETIME_UNIT": {
    sqlState: "22023",
    sentence: ({ functionName, unit }) =>
      `The value of parameter(s) \`unit\` in \`${functionName}\` is invalid: expects one of the units YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, but got '${unit}'`,
  },
  ILLEGAL_DAY_OF_WEEK: {
    sqlState: "22009",
    sentence: ({ string }) => `Illegal input for day of week: ${string}`,
    hint: "Write MO, TU, WE, TH, FR, SA, SU, or the first three letters or the whole of the day's English name.",
  },
  "INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION": {
    sqlState: "22015",
    sentence: () => "Integer overflow while operating with intervals",
    hint: "Use try_add or try_subtract to tolerate overflow and return NULL instead.",
  },
  "INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION": {
    sqlState: "22015",
    sentence: () => "Integer overflow while operating with intervals",
    hint: "Give smaller values for the parts of the interval.",
  },
  INTERVAL_DIVIDED_BY_ZERO: {
    sqlState: "22012",
    sentence: () => "Division by zero",
    hint: "Use try_divide to tolerate divisor being 0 and return NULL instead.",
  },
  INVALID_INTERVAL_WITH_MICROSECONDS_ADDITION: {
    sqlState: "22006",
    sentence: () => "Cannot add an interval to a date because its microseconds part is not 0",
    hint: "Cast the date to a timestamp first.",
  },
  "INVALID_FORMAT.ESC_AT_THE_END": {
    sqlState: "42601",
    sentence: ({ format }) => `The format is invalid: '${format}'. The escape character is not allowed to end with`,
    hint: "Write the escape character twice for itself.",
  },
  "INVALID_FORMAT.ESC_IN_THE_MIDDLE": {
    sqlState: "42601",
    sentence: ({ format }) =>
      `The format is invalid: '${format}'. The escape character may only precede %, _ and itself`,
    hint: "Write the escape character twice for itself.",
  },
  "INVALID_PARAMETER_VALUE.CHARSET": {
    sqlState: "22023",
    sentence: ({ functionName, charset, charsets }) =>
      `The value of parameter(s) \`charset\` in \`${functionName}\` is invalid: expects one of the ${charsets}, but got ${charset}`,
  },
  "INVALID_PARAMETER_VALUE.PATTERN": {
    sqlState: "22023",
    sentence: ({ functionName, value }) =>
      `The value of parameter(s) \`regexp\` in \`${functionName}\` is invalid: '${value}'`,
    hint: "Patterns are those of Java: close brackets and write a backslash before special characters.",
  },
  "INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX": {
    sqlState: "22023",
    sentence: ({ functionName, groupCount, groupIndex }) =>
      `The value of parameter(s) \`idx\` in \`${functionName}\` is invalid: Expects group index between 0 and ${groupCount}, but got ${groupIndex}`,
    hint: "Group 0 is the whole match; each opening bracket that captures begins the next group.",
  },
  INVALID_REGEXP_REPLACE: {
    sqlState: "22023",
    sentence: ({ source, pattern, replacement, position }) =>
      `Could not perform regexp_replace for source = "${source}", pattern = "${pattern}", replacement = "${replacement}" and position = ${position}`,
    hint: "In a replacement $1 stands for a group; write \\$ for a dollar sign and \\\\ for a backslash.",
  },
  MALFORMED_CHARACTER_CODING: {
    sqlState: "22000",
    sentence: ({ function: name, charset }) => `Invalid value found when performing \`${name}\` with ${charset}`,
    hint: "Name the character set that the bytes are really in.",
  },
  INVALID_URL: {
    sqlState: "22P02",
    sentence: ({ url }) => `The url is invalid: ${url}`,
    hint: "Use try_parse_url to tolerate invalid URL and return NULL instead.",
  },
  CANNOT_DECODE_URL: {
    sqlState: "22546",
    sentence: ({ url }) => `The provided URL cannot be decoded: ${url}`,
    hint: "A percent sign is followed by two hexadecimal digits; use try_url_decode to get NULL instead.",
  },
  INVALID_TIMEZONE: {
    sqlState: "22009",
    sentence: ({ timeZone }) => `The timezone: ${timeZone} is invalid`,
    hint: "Write a region such as Europe/Paris or an offset such as +02:00.",
  },
  USER_RAISED_EXCEPTION: { sqlState: "P0001", sentence: ({ message }) => message ?? "" },
};

/** What DuckDB says by itself, and what it means to Spark. */
const own: readonly (readonly [RegExp, (match: RegExpExecArray) => Error])[] = [
  [/Max expression depth limit/, () => tooDeep()],
  [/could not convert blob to UTF8/, () => brokenText()],
  [
    /Overflow in (addition|subtraction|multiplication|negation|division) of (\S+) ?(?:\((.*)\))?/i,
    ([, operation, type, values]) =>
      traced(condition(...overflow(operation!, type!, values)), overflown(operation!, values)),
  ],
  [
    /(?:INT\d+|BIGINT|INTEGER) (?:overflow|out of range)|Overflow on abs|Type (?:INT128|HUGEINT) with value .* can't be cast/i,
    ([sentence]) => condition("ARITHMETIC_OVERFLOW", /INT128|HUGEINT/.test(sentence) ? { alternative: "try_add" } : {}),
  ],
  [
    /Type (\w+) with value (\S+) can't be cast because the value is out of range for the destination type (\w+)/i,
    ([, from, value, to]) => condition("CAST_OVERFLOW", { value: value!, from: from!, to: to! }),
  ],
  [/not in timestamp range|Timestamp\S* .*out of range/i, () => condition("DATETIME_OVERFLOW", {})],
  [/Date out of range/i, () => condition("ARITHMETIC_OVERFLOW", {})],
  [/Overflow in HUGEINT/i, () => condition("ARITHMETIC_OVERFLOW", {})],
  [
    /More than one row returned by a subquery/i,
    () => traced(condition("SCALAR_SUBQUERY_TOO_MANY_ROWS", {}), { subquery: true }),
  ],
  [/Map keys can not be NULL/i, () => condition("NULL_MAP_KEY", {})],
  [/Map keys must be unique/i, () => traced(condition("DUPLICATED_MAP_KEY", {}), { isVague: true })],
  [
    /Could not convert string '(.*)' to (\w+)/s,
    (match) => condition("CAST_INVALID_INPUT", { value: match[1]!, from: "STRING", to: match[2]! }),
  ],
  [/Out of Memory Error: failed to offload/i, () => spillFull()],
  [/Out of Memory Error: (.*)/is, (match) => outOfMemory(match[1]!)],
  // What a function of ours asked for is told inside of another error, as JSON.
  [/"exception_type":"Out of Memory","exception_message":"([^"\\]*)/i, (match) => outOfMemory(match[1]!)],
  [/No files found that match the pattern "(.*?)"/s, (match) => fileRefused("read", match[1]!, "ENOENT")],
  [
    /(write|open|read|create|remove)\w* (?:(?:from|to) )?(?:file|directory) "(.*?)".*?: ([\w ()-]+)/is,
    ([, verb, path, reason]) =>
      verb!.toLowerCase() === "read" && codes[reason!] === undefined
        ? damagedFile(path!, reason!)
        : fileRefused(verb!.toLowerCase(), path!, codes[reason!], reason),
  ],
];

const operators: Readonly<Record<string, string>> = {
  addition: "+",
  subtraction: "-",
  multiplication: "*",
  negation: "negative",
  division: "div",
};

/** What DuckDB tells of an operation that overflowed: `addition`, `127 + 1`. */
const overflown = (operation: string, values = ""): Trace => ({
  operator: operators[operation.toLowerCase()]!,
  operands: values.split(/ [-+*/] /),
});

/** The texts of POSIX errors, which are all that DuckDB hands on. */
const codes: Readonly<Record<string, string>> = {
  "No such file or directory": "ENOENT",
  "Permission denied": "EACCES",
  "Operation not permitted": "EPERM",
  "Read-only file system": "EROFS",
  "No space left on device": "ENOSPC",
  "Disk quota exceeded": "EDQUOT",
  "Too many open files": "EMFILE",
  "Too many open files in system": "ENFILE",
  "Input/output error": "EIO",
  "Is a directory": "EISDIR",
  "Not a directory": "ENOTDIR",
  "File name too long": "ENAMETOOLONG",
};

/**
 * The error that a program sees for a failed query.
 *
 * @param failure - what DuckDB threw
 * @param origin - what a JavaScript function inside the query threw, if that is why it failed
 */
export function translateFailure(failure: unknown, origin: unknown): unknown {
  if (origin !== undefined) return isLakewrightError(origin) ? origin : functionFailure(origin);
  if (isLakewrightError(failure) || !(failure instanceof Error)) return failure;
  const raised = raisedCondition(failure.message);
  if (raised !== undefined) return raised;
  for (const [pattern, make] of own) {
    const match = pattern.exec(failure.message);
    if (match !== null) return make(match);
  }
  if (/^(?:Binder|Parser|Catalog|INTERNAL) Error/i.test(failure.message)) {
    return new InternalError(`DuckDB refused the compiled plan: ${failure.message}`, { cause: failure });
  }
  return new ExecutionError(failure.message, { cause: failure });
}

function raisedCondition(message: string): Error | undefined {
  // DuckDB quotes the query in other errors, and with it the mark.
  const raised = `Error: ${errorMark}`;
  const start = message.indexOf(raised) + raised.length - errorMark.length;
  if (!message.includes(raised)) return undefined;
  const [name, ...parts] = message
    .slice(start + errorMark.length)
    .split("\u001e")[0]!
    .split("\u001f")
    .map((part) => part.trim());
  const parameters = Object.fromEntries(
    parts.map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]),
  );
  const [known, site] = name!.split("@");
  const error = known === "" ? new ExecutionError(parameters.message ?? "") : condition(known!, parameters);
  return site === undefined ? error : traced(error, { site: Number(site) });
}

/**
 * The error of a condition.
 *
 * @param name - Spark's error condition
 * @param parameters - what the compiled plan tells, of which Spark's own parameters are made
 */
export function condition(name: string, parameters: Readonly<Record<string, string>>): Error {
  const known = conditions[name];
  const details: ErrorDetails = { condition: name, parameters: sparkParameters(name, parameters) };
  if (known === undefined)
    return new ExecutionError(parameters.message ?? Object.values(parameters).join(", "), details);
  const hint = known.hint === undefined ? {} : { hint: known.hint };
  return new ExecutionError(known.sentence(parameters), { ...details, sqlState: known.sqlState, ...hint });
}

const functionFailure = (origin: unknown): ExecutionError =>
  new ExecutionError(`A user function failed: ${origin instanceof Error ? origin.message : String(origin)}`, {
    condition: "FAILED_EXECUTE_UDF",
    sqlState: "39000",
    cause: origin,
  });

const tooDeep = (): UnsupportedError =>
  new UnsupportedError("values or expressions are nested more deeply than the embedded engine can compile", {
    hint: "Name fewer levels in the schema: an inner value may be read as STRING and parsed where it is used.",
  });

const brokenText = (): UnsupportedError =>
  new UnsupportedError("bytes that are no UTF-8 cannot be read as text by the embedded engine", {
    hint: "Write them with hex(…) or base64(…), or decode them with decode(…, charset) from the character set they are in.",
  });

const outOfMemory = (reason: string): ExecutionError =>
  new ExecutionError(`The engine ran out of memory: ${reason.split("\n")[0]!.replace(/\.$/, "")}`, {
    condition: "OUT_OF_MEMORY",
    hint: 'Raise the setting "lakewright.memory" (such as 8GB), or group and sort fewer or smaller values; lists and text that are collected per group cannot be spilled.',
  });

const spillFull = (): ExecutionError =>
  new ExecutionError("The engine ran out of memory, and no space is left to spill to", {
    condition: "OUT_OF_MEMORY",
    hint: 'Free some space or set "lakewright.temporaryFolder" to a folder on another disk, or raise the setting "lakewright.memory" (such as 8GB).',
  });

/** What was read, but makes no sense. */
const damagedFile = (path: string, reason: string): ExecutionError =>
  new ExecutionError(`Encountered error while reading file ${path}: its data is damaged (${reason.trim()})`, {
    condition: "FAILED_READ_FILE.NO_HINT",
    sqlState: "KD001",
    parameters: { path },
    hint: "Copy or write the file again, remove it, or set ignoreCorruptFiles to pass over it.",
  });

function fileRefused(verb: string, path: string, code: string | undefined, reason = code): Error {
  const cause = Object.assign(new Error(reason), { code: code ?? "EIO", path });
  return storageError(
    cause,
    { verb, writes: verb === "write" || verb === "create" || verb === "remove" },
    path,
  ) as Error;
}
