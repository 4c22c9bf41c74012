/** SQL text: what it means has no messages of its own, the text travels. */
import type { RelationDecoders, RelationEncoders } from "../codec.ts";
import { noMessage, refusing } from "../refusal.ts";
import { decodeQuery, encodeStatement } from "../sql-statement.ts";

const ofSql = (what: string) =>
  refusing(() => noMessage(`${what} by itself`, "Write the whole query as SQL text: spark.sql(text)."));

type Kind = "inline table" | "common table reference" | "qualify" | "generate" | "with" | "sql text" | "explain";

export const sqlEncoders: RelationEncoders<Kind> = {
  "inline table": ofSql("VALUES"),
  "common table reference": ofSql("the use of a common table expression"),
  qualify: ofSql("QUALIFY"),
  generate: ofSql("LATERAL VIEW"),
  with: ofSql("WITH"),
  "sql text": ({ statement }, to) => encodeStatement(statement, to),
  explain: refusing(() => noMessage("EXPLAIN in a query", "Use explain of the DataFrame.")),
};

export const sqlDecoders: RelationDecoders<"sql" | "withRelations"> = {
  sql: (message, from) => decodeQuery(message, [], from),
  withRelations: ({ root, references }, from) => {
    const isNamed = root?.relType.case === "sql" && references.every(({ relType }) => relType.case === "subqueryAlias");
    if (root?.relType.case === "sql" && isNamed) return decodeQuery(root.relType.value, references, from);
    return from.withReferences(references, root);
  },
};
