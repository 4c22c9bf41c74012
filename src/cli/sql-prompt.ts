/** The prompt of `lakewright sql`: statements over several lines, history, completion. */
import { readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { sqlParser } from "../functions/parsers.ts";
import type { SparkSession } from "../index.ts";
import { completionsOf, sqlWords, tableWords } from "./sql-completion.ts";

/** What a prompt reads, writes and runs. */
export interface PromptParts {
  readonly spark: SparkSession;
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Runs one statement and shows what it gives; failures are shown too, not thrown. */
  readonly run: (statement: string, signal: AbortSignal) => Promise<void>;
  /** The file of the lines typed before; none is kept when absent. */
  readonly history?: string;
}

const first = "lakewright> ";
const next = "         -> ";

/** Where lines are kept unless LAKEWRIGHT_HISTORY says otherwise. */
export const historyFile = (): string => process.env.LAKEWRIGHT_HISTORY ?? join(homedir(), ".lakewright_history");

/**
 * Reads statements until the input ends or `quit`, and runs each when its semicolon is typed. Ctrl-C cancels the statement
 * that runs, or forgets the one that is being typed.
 */
export async function prompt({ spark, input, output, run, history }: PromptParts): Promise<void> {
  let words: Promise<readonly string[]> | undefined;
  const completer = (line: string, done: (error: null, found: [string[], string]) => void): void => {
    words ??= tableWords(spark).then((tables) => [...sqlWords(), ...tables]);
    words.then((all) => done(null, completionsOf(line, all)));
  };
  const lines = createInterface({
    input,
    output,
    completer,
    prompt: first,
    history: await pastLines(history),
    historySize: 1000,
  });
  const running: { abort?: AbortController } = {};
  let typed = "";
  lines.on("SIGINT", () => {
    if (running.abort !== undefined) running.abort.abort(new Error("cancelled by Ctrl-C"));
    else output.write("\n");
    typed = "";
    ask(lines, typed);
  });
  lines.on("close", () => ended.add(lines));
  lines.on("history", (all: string[]) => void keepLines(history, all));
  ask(lines, typed);
  for await (const line of lines) {
    typed = typed === "" ? line : `${typed}\n${line}`;
    if (/^\s*(?:quit|exit)\s*;?\s*$/i.test(typed)) break;
    if (sqlParser().isComplete(typed)) {
      for (const statement of sqlParser().split(typed)) {
        running.abort = new AbortController();
        await run(statement, running.abort.signal);
        delete running.abort;
      }
      words = undefined;
      typed = "";
    }
    ask(lines, typed);
  }
  lines.close();
}

const ended = new WeakSet<Interface>();

// The input may have ended while the last of its lines are still run.
function ask(lines: Interface, typed: string): void {
  if (ended.has(lines)) return;
  lines.setPrompt(typed === "" ? first : next);
  lines.prompt();
}

async function pastLines(file: string | undefined): Promise<string[]> {
  if (file === undefined) return [];
  const text = await readFile(file, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .reverse();
}

// A history that cannot be kept is no reason to stop.
async function keepLines(file: string | undefined, newestFirst: readonly string[]): Promise<void> {
  if (file === undefined) return;
  await writeFile(file, `${newestFirst.toReversed().join("\n")}\n`, { mode: 0o600 }).catch(() => undefined);
}
