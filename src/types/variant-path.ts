import { AnalysisError } from "../errors.ts";

/** A step into a variant: the name of a field or the place of an element. */
export type VariantStep = string | number;

const step = /\.([^.[]+)|\[(\d{1,9})\]|\['([^']*)'\]|\["([^"]*)"\]/y;

/**
 * The steps of a path into a variant, as Spark's `variant_get` takes it.
 *
 * @param path - `$`, then any number of `.name`, `['name']`, `["name"]` and `[0]`
 * @throws AnalysisError `INVALID_VARIANT_GET_PATH`
 * @example
 * ```ts
 * variantSteps("$.items[0]['unit price']"); // ["items", 0, "unit price"]
 * ```
 */
export function variantSteps(path: string): VariantStep[] {
  if (!path.startsWith("$")) throw invalid(path);
  const steps: VariantStep[] = [];
  step.lastIndex = 1;
  while (step.lastIndex < path.length) {
    const found = step.exec(path);
    if (found === null) throw invalid(path);
    const [, name, index, single, double] = found;
    steps.push(index === undefined ? (name ?? single ?? double)! : Number(index));
  }
  return steps;
}

function invalid(path: string): AnalysisError {
  return new AnalysisError(`The path \`${path}\` is not a valid variant extraction path in \`variant_get\``, {
    condition: "INVALID_VARIANT_GET_PATH",
    sqlState: "22023",
    parameters: { path, functionName: "`variant_get`" },
    hint: "A valid path starts with `$` and is followed by segments like `[123]`, `.name`, `['name']`, or `[\"name\"]`.",
  });
}
