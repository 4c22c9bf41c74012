/** Processes that run a script with commands. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Child {
  readonly process: ChildProcess;
  /** The next line that the process prints; `undefined` when it has ended. */
  line(): Promise<string | undefined>;
  /** All further lines, when it has ended. */
  ended(): Promise<{ readonly lines: readonly string[]; readonly code: number | null; readonly signal: string | null }>;
  /** Kills it, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starting hundreds of processes is three times as fast when they need not strip types each. */
const compiled = join(tmpdir(), "lakewright-test-compiled");

const ownScript = join(import.meta.dirname, "child.ts");

/** Starts `child.ts`, or another script, with a command. An ordinary user is one whom permissions bind. */
export function startChild(
  command: string,
  argument: object,
  user: "ordinary" | "same" = "same",
  script = ownScript,
): Child {
  const child = spawn(process.execPath, [script, command, JSON.stringify(argument), user], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  const exit = once(child, "close") as Promise<[number | null, string | null]>;
  const lines = child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false });
  const reader = lineReader(lines);
  return {
    process: child,
    line: async () => (await reader.next()).value as string | undefined,
    ended: async () => {
      const rest: string[] = [];
      for await (const line of reader) rest.push(line);
      const [code, signal] = await exit;
      return { lines: rest, code, signal };
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exit;
    },
  };
}

async function* lineReader(chunks: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  let text = "";
  for await (const chunk of chunks) {
    const lines = (text + chunk).split("\n");
    text = lines.pop()!;
    yield* lines;
  }
  if (text !== "") yield text;
  return undefined;
}
