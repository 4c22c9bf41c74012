import { AnalysisError } from "../errors.ts";

/** Makes a row of each row of some columns. */
export type RowCompiler<R> = (columns: readonly ArrayLike<unknown>[], rows: number) => R[];

/**
 * Compiles a maker of plain objects with the given own properties, in order.
 *
 * A literal that names its properties is several times faster than setting them by name, and makes `__proto__` a
 * property like any other.
 *
 * @param names - the properties
 * @throws AnalysisError `AMBIGUOUS_COLUMN_OR_FIELD` when two of them are equal
 */
export function objectMaker(names: readonly string[]): RowCompiler<object> {
  refuseRepeated(names);
  return compiled(
    names.length,
    `{ ${names.map((name, index) => `[${JSON.stringify(name)}]: c${index}[row]`).join(", ")} }`,
  );
}

/**
 * Compiles a maker of arrays.
 *
 * @param length - how many columns there are
 */
export function arrayMaker(length: number): RowCompiler<unknown[]> {
  return compiled(length, `[${Array.from({ length }, (_, index) => `c${index}[row]`).join(", ")}]`);
}

function compiled<R>(length: number, literal: string): RowCompiler<R> {
  const columns = Array.from({ length }, (_, index) => `const c${index} = columns[${index}];`);
  const body = `${columns.join(" ")}
    const made = new Array(rows);
    for (let row = 0; row < rows; row++) made[row] = ${literal};
    return made;`;
  return new Function("columns", "rows", body) as RowCompiler<R>;
}

function refuseRepeated(names: readonly string[]): void {
  if (new Set(names).size === names.length) return;
  const name = names.find((other, index) => names.indexOf(other) !== index);
  const matches = String(names.filter((other) => other === name).length);
  throw new AnalysisError(`Column or field \`${name}\` is ambiguous and has ${matches} matches`, {
    condition: "AMBIGUOUS_COLUMN_OR_FIELD",
    sqlState: "42702",
    parameters: { name: `\`${name}\``, n: matches },
    hint: 'An object has each name once: give them different names with an alias, or ask for arrays with { rows: "array" }.',
  });
}
