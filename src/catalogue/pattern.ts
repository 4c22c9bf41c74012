/** The patterns of `SHOW … LIKE`. */

/**
 * Whether a name meets a pattern: `*` stands for any text, `|` between alternatives; case and blanks around are ignored.
 * Spark's `StringUtils.filterPattern`; the rest is a regular expression there, and here.
 *
 * @param pattern - everything meets one that is absent
 * @example
 * ```ts
 * console.log(["sales", "users"].filter(matches("s*|u?ers"))); // ["sales"]
 * ```
 */
export function matches(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true;
  const alternatives = pattern.trim().split("|").flatMap(expressionOf);
  return (name) => alternatives.some((expression) => expression.test(name));
}

// As in Spark, what is no regular expression matches nothing.
function expressionOf(pattern: string): RegExp[] {
  try {
    return [new RegExp(`^(?:${pattern.replaceAll("*", ".*")})$`, "i")];
  } catch {
    return [];
  }
}
