/** Files of SQL as jobs: their markers are the options. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { defineJob, type Job, type JobOptions } from "../dataframe/job.ts";
import { type Token, tokensOf } from "../types/ddl-token.ts";
import { UsageError } from "./failure.ts";

/** Markers that the options of every job give. */
const given: ReadonlySet<string> = new Set(["data", "out"]);

/**
 * The job that runs the statements of a file in order, and gives the rows of the last. Each marker `:name` is a text: that of
 * `--data` and `--out`, or of an option of its name.
 *
 * @param file - the path of the file
 */
export async function sqlJob(file: string): Promise<Job> {
  const text = await readFile(file, "utf8");
  const names = markersOf(tokensOf(text));
  const options: JobOptions = Object.fromEntries(
    names
      .filter((name) => !given.has(name))
      .map((name) => [name, { type: "string", description: `The text of :${name}` }]),
  );
  return defineJob({
    name: basename(file),
    description: "Runs the statements of the file in order.",
    options,
    run: ({ spark, options: values, data, out, signal }) => {
      const all: Readonly<Record<string, unknown>> = { ...values, data, out };
      const missing = names.find((name) => all[name] === undefined);
      if (missing !== undefined) throw new UsageError(`${file} needs --${missing}, the text of :${missing}`);
      return spark.execute(
        text,
        names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, all[name]])),
        { signal },
      );
    },
  }) as Job;
}

// A colon right behind a word begins a path into a variant, not a marker.
function markersOf(tokens: readonly Token[]): readonly string[] {
  const names = tokens.flatMap((token, index) => {
    const [before, next] = [tokens[index - 1], tokens[index + 1]];
    const isApart = before === undefined || before.kind === "sign" || before.start + before.text.length < token.start;
    return token.value === ":" && token.kind === "sign" && isApart && next?.kind === "word" ? [next.text] : [];
  });
  return [...new Set(names)];
}
