/** The cases: the examples that Spark itself shows of its functions, and those of the project's own documentation. */
import type { SparkPeer } from "../../services/client.ts";
import recorded from "../answers/examples.json" with { type: "json" };
import type { Case } from "./case.ts";
import { familyOf, familyOfStatement } from "./family.ts";

/** The statements of a text of `DESCRIBE FUNCTION EXTENDED`, each after `> ` and up to the semicolon that ends a line. */
export const examplesIn = (usage: string): readonly string[] =>
  [...usage.matchAll(/^\s*> ([\s\S]*?);[ \t]*$/gm)].map(([, statement]) => statement!.trim());

const isWord = (name: string): boolean => /^\w+$/.test(name);

async function examplesOf(spark: SparkPeer, name: string): Promise<readonly Case[]> {
  const { rows } = await spark.sql(`DESCRIBE FUNCTION EXTENDED ${isWord(name) ? `\`${name}\`` : name}`);
  const family = familyOf(name);
  return rows.flatMap(([text]) => examplesIn(String(text))).map((sql) => ({ family, sql }));
}

/** Every case once. */
export async function gather(spark: SparkPeer): Promise<readonly Case[]> {
  const { rows } = await spark.sql("SHOW SYSTEM FUNCTIONS");
  const shown = await Promise.all(rows.map(([name]) => examplesOf(spark, String(name))));
  const own = Object.keys(recorded).map((sql): Case => ({ family: familyOfStatement(sql), sql }));
  return [...new Map([...shown.flat(), ...own].map((found) => [found.sql, found])).values()];
}
