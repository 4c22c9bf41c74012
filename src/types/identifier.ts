/** Names and texts as Spark writes them into DDL and SQL. */

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * A name in back-ticks, those inside it doubled.
 *
 * @param name - any name
 * @example
 * ```ts
 * console.log(quoted("a`b")); // `a``b`
 * ```
 */
export const quoted = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

/**
 * A name as DDL needs it: in back-ticks unless it is made of ASCII letters, digits and underscores and starts with no
 * digit. Spark's `QuotingUtils.quoteIfNeeded`; keywords need no back-ticks.
 *
 * @param name - any name
 * @example
 * ```ts
 * console.log(quotedIfNeeded("unit price")); // `unit price`
 * ```
 */
export const quotedIfNeeded = (name: string): string => (plainName.test(name) ? name : quoted(name));

/**
 * A text as a SQL string literal.
 *
 * Back-slashes are doubled, which Spark's `toDDL` forgets: its text of a comment with a back-slash parses to another one.
 *
 * @param text - any text
 * @example
 * ```ts
 * console.log(stringLiteral("it's")); // 'it\'s'
 * ```
 */
export const stringLiteral = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
