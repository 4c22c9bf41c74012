/** The operators of columns, defined by the same one line as functions; `Column` has a method for each. */

/** The definition of each operator under the name of its method. */
export const operators = {
  plus: "+(left: addend, right: addend): sum",
  minus: "-(left: subtrahend, right: subtrahend): difference",
  multiply: "*(left: factor, right: factor): product null if product",
  divide: "/(left: dividend, right: dividend): quotient null if quotient",
  mod: "%(left: modulo, right: modulo): remainder nullable in name",
  negate: "negative(value: arithmetic): first",
  equalTo: "=(left: equatable, right: equatable): boolean",
  notEqual: "!=(left: equatable, right: equatable): boolean",
  gt: ">(left: comparable, right: comparable): boolean",
  geq: ">=(left: comparable, right: comparable): boolean",
  lt: "<(left: comparable, right: comparable): boolean",
  leq: "<=(left: comparable, right: comparable): boolean",
  eqNullSafe: "<=>(left: equatable, right: equatable): boolean not null",
  and: "AND(left: logical, right: logical): boolean",
  or: "OR(left: logical, right: logical): boolean",
  not: "NOT(value: boolean): boolean",
  isNull: "isnull(value: any): boolean not null",
  isNotNull: "isnotnull(value: any): boolean not null",
  isNaN: "isnan(value: floatOrDouble): boolean not null",
  like: "like(text: string, pattern: string): boolean",
  ilike: "ilike(text: string, pattern: string): boolean",
  rlike: "rlike(text: string, pattern: string): boolean",
  startsWith: "startswith(text: bothText, prefix: bothText): boolean",
  endsWith: "endswith(text: bothText, suffix: bothText): boolean",
  contains: "contains(text: bothText, part: bothText): boolean",
  substr: "substr(text: text, start: int, length: int): first",
  isin: "in(...values: member): boolean",
  bitwiseAnd: "&(left: bits, right: bits): widest",
  bitwiseOr: "|(left: bits, right: bits): widest",
  bitwiseXor: "^(left: bits, right: bits): widest",
} as const;

/** The definition of an operator, by the name of its method. */
export type Operator = keyof typeof operators;

/** The SQL name of a definition: what stands before the parenthesis. */
export const sqlName = (signature: string): string => signature.slice(0, signature.indexOf("("));
