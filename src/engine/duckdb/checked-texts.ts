/**
 * Texts that a plan parses and that are whole lines of files. The files are checked before the query, on all threads,
 * so that the query need not hand each text to JavaScript to ask whether DuckDB parses it as Spark does.
 */
import { type FileHandle, open } from "node:fs/promises";
import type { Leaf, ResolvedCall, ResolvedExpression, ResolvedRelation, Scan } from "../../plan/resolved.ts";
import { inputsOf, resolvedChildren } from "../../plan/resolved-rewrite.ts";
import { ownExpressions } from "../../plan/resolved-walk.ts";
import type { Batch } from "../../types/batch.ts";
import { stringType, structField, structType } from "../../types/data-type.ts";
import { concatBytes, textOfUtf8 } from "../../types/text.ts";
import type { SourceDetails } from "./formats/describe.ts";
import type { SourceFile } from "./formats/format.ts";
import { isCompressed } from "./formats/text/byte-source.ts";
import { checkFiles } from "./formats/text/check-files.ts";
import type { CheckedLines } from "./formats/text/check-lines.ts";
import type { LineProgram } from "./formats/text/line-kernel.ts";
import { arePlainBytes, isModerateLine } from "./formats/text/plain-lines.ts";
import { areWholeLines, textColumn } from "./formats/text.ts";
import { plainTexts } from "./functions/json/from-json.ts";

/** The odd ones among the texts of a leaf's lines. All of its lines are such as DuckDB reads whole. */
export interface OddTexts {
  readonly leaf: Leaf["id"];
  readonly texts: readonly Uint8Array[];
}

/** What odd texts are handed to the engine as. */
export const oddSchema = structType([structField("text", stringType)]);

export const oddBatch = ({ texts }: OddTexts): Batch => ({
  rows: texts.length,
  columns: [{ layout: "text", type: stringType, length: texts.length, text: textOfUtf8(concatBytes(texts)) }],
});

/** More of them than this are not looked up one by one. */
const mostOdd = 10_000;
const mostOddBytes = 16 * 1024 * 1024;

/**
 * Checks the texts of calls.
 *
 * @param relations - all relations of the plans
 * @param leaves - the sources that they scan
 * @param timeZone - the session's
 * @param signal - ends the check with its reason
 * @returns the odd texts of each call whose texts could all be checked
 */
export async function checkTexts(
  relations: ReadonlySet<ResolvedRelation>,
  leaves: readonly Leaf[],
  timeZone: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<ResolvedCall, OddTexts>> {
  const found = new Map<ResolvedCall, OddTexts>();
  for (const { call, scan } of parsedLines(relations)) {
    const leaf = leaves.find(({ id }) => id === scan.leaf)!;
    const program = plainTexts(call, call.timeZone ?? timeZone);
    const { files } = leaf.details as SourceDetails;
    if (program === undefined || !areWholeLines(leaf) || files.some(({ path }) => isCompressed(path))) continue;
    const texts = await oddTexts(files, program, signal);
    if (texts !== undefined) found.set(call, { leaf: leaf.id, texts });
  }
  return found;
}

interface ParsedLines {
  readonly call: ResolvedCall;
  readonly scan: Scan;
}

function parsedLines(relations: ReadonlySet<ResolvedRelation>): readonly ParsedLines[] {
  return [...relations].flatMap((relation) =>
    parsingCalls(ownExpressions(relation)).flatMap((call) => {
      const [text] = call.arguments;
      const scan = text?.kind === "column" ? scanOfLines(inputsOf(relation), text.id) : undefined;
      return scan === undefined ? [] : [{ call, scan }];
    }),
  );
}

const parsingCalls = (expressions: readonly ResolvedExpression[]): readonly ResolvedCall[] =>
  expressions.flatMap((expression) => [
    ...(expression.kind === "call" && expression.name === "from_json" ? [expression] : []),
    ...parsingCalls(resolvedChildren(expression)),
  ]);

/** The scan of text that gives a column, whatever passes it on. */
function scanOfLines(relations: readonly ResolvedRelation[], id: number): Scan | undefined {
  const relation = relations.find(({ output }) => output.some((column) => column.id === id));
  if (relation === undefined || relation.kind === "aggregate" || relation.kind === "generate") return undefined;
  if (relation.kind === "scan")
    return relation.output.some((column) => column.id === id && isText(column.name)) ? relation : undefined;
  if (relation.kind !== "project") return scanOfLines(inputsOf(relation), id);
  const value = relation.columns.find(({ column }) => column.id === id)?.expression;
  return value?.kind === "column" ? scanOfLines([relation.input], value.id) : undefined;
}

const isText = (name: string): boolean => name.toLowerCase() === textColumn;

/** The texts that are odd; undefined where there are too many of them, or lines that DuckDB does not read whole. */
async function oddTexts(
  files: readonly SourceFile[],
  program: LineProgram,
  signal: AbortSignal | undefined,
): Promise<readonly Uint8Array[] | undefined> {
  const checked = await checkFiles(files, program, signal);
  if (!checked.every(isReadable) || sum(checked.map(({ odd }) => odd.length / 2)) > mostOdd) return undefined;
  const texts: Uint8Array[] = [];
  for (const [index, { odd }] of checked.entries()) {
    const lines = await bytesOf(files[index]!.path, odd);
    if (!lines.every(arePlainBytes)) return undefined;
    texts.push(...lines);
  }
  return texts;
}

// Blank lines are neither plain nor odd.
const isReadable = ({ rows, lines, returns, longest, odd }: CheckedLines): boolean =>
  returns === 0 && isModerateLine(longest) && rows + odd.length / 2 === lines && oddBytes(odd) <= mostOddBytes;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const oddBytes = (odd: Float64Array): number => sum([...odd].filter((_, index) => index % 2 === 1));

async function bytesOf(path: string, odd: Float64Array): Promise<readonly Buffer[]> {
  if (odd.length === 0) return [];
  await using file = await open(path);
  const lines: Buffer[] = [];
  for (let index = 0; index < odd.length; index += 2) lines.push(await readAt(file, odd[index]!, odd[index + 1]!));
  return lines;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
