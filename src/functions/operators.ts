/** The operators of columns, defined by the same one line as functions; `Column` has a method for each. */

/** The definition of each operator under the name of its method. */
export const operators = {
  plus: "+(left: arithmetic, right: arithmetic): widest",
  minus: "-(left: arithmetic, right: arithmetic): widest",
  multiply: "*(left: numeric, right: numeric): widest",
  divide: "/(left: numeric, right: numeric): quotient",
  mod: "%(left: numeric, right: numeric): widest",
  negate: "negative(value: arithmetic): first",
  equalTo: "=(left: comparable, right: comparable): boolean",
  notEqual: "!=(left: comparable, right: comparable): boolean",
  gt: ">(left: comparable, right: comparable): boolean",
  geq: ">=(left: comparable, right: comparable): boolean",
  lt: "<(left: comparable, right: comparable): boolean",
  leq: "<=(left: comparable, right: comparable): boolean",
  eqNullSafe: "<=>(left: comparable, right: comparable): boolean not null",
  and: "AND(left: boolean, right: boolean): boolean",
  or: "OR(left: boolean, right: boolean): boolean",
  not: "NOT(value: boolean): boolean",
  isNull: "isnull(value: any): boolean not null",
  isNotNull: "isnotnull(value: any): boolean not null",
  isNaN: "isnan(value: numeric): boolean not null",
  like: "like(text: string, pattern: string): boolean",
  ilike: "ilike(text: string, pattern: string): boolean",
  rlike: "rlike(text: string, pattern: string): boolean",
  startsWith: "startswith(text: string, prefix: string): boolean",
  endsWith: "endswith(text: string, suffix: string): boolean",
  contains: "contains(text: string, part: string): boolean",
  substr: "substr(text: string, start: integral, length: integral): string",
  isin: "in(...values: comparable): boolean",
  bitwiseAnd: "&(left: integral, right: integral): widest",
  bitwiseOr: "|(left: integral, right: integral): widest",
  bitwiseXor: "^(left: integral, right: integral): widest",
} as const;

/** The definition of an operator, by the name of its method. */
export type Operator = keyof typeof operators;

/** The SQL name of a definition: what stands before the parenthesis. */
export const sqlName = (signature: string): string => signature.slice(0, signature.indexOf("("));
