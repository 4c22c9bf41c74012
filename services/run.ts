import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { services } from "./registry.ts";
import type { Service, Workspace } from "./service.ts";

const USAGE = "node services/run.ts [--without SERVICE]… [arguments for vitest…] | --exec COMMAND [arguments…]";
const ROOT = join(import.meta.dirname, "..");
const VITEST = [process.execPath, join(ROOT, "node_modules", "vitest", "vitest.mjs"), "run", "--project", "services"];
const CONVENTIONAL_INTERRUPTED = 130;

type Environment = Readonly<Record<string, string>>;

const report = (line: string): void => console.error(`services: ${line}`);

/** Starts what can be had, runs the command against it, ends everything; resolves to the exit code. */
async function run({ command, without }: Task, signal: AbortSignal): Promise<number> {
  const workspace = await makeWorkspace(signal, without);
  let keepLogs = true;
  try {
    const code = await runWithServices(command, workspace);
    keepLogs = code !== 0;
    return code;
  } finally {
    await tidy(workspace.folder, keepLogs && !signal.aborted);
  }
}

async function makeWorkspace(signal: AbortSignal, without: ReadonlySet<string>): Promise<Workspace> {
  const cache = process.env.LAKEWRIGHT_SERVICES_CACHE ?? join(homedir(), ".cache", "lakewright", "services");
  // The path of a Unix socket ends after some hundred characters, so the folder has a short one.
  return { folder: await mkdtemp(join(tmpdir(), "lakewright-services-")), cache, signal, without, report };
}

async function tidy(folder: string, keepLogs: boolean): Promise<void> {
  const entries = await readdir(folder);
  const kept = keepLogs ? entries.filter((name) => name.endsWith(".log")) : [];
  if (kept.length === 0) return rm(folder, { recursive: true, force: true });
  const rest = entries.filter((name) => !kept.includes(name));
  for (const name of rest) await rm(join(folder, name), { recursive: true, force: true });
  report(`logs are kept in ${folder}`);
}

async function runWithServices(command: readonly string[], workspace: Workspace): Promise<number> {
  const present = await presentServices(workspace);
  if (present.length < wanted(workspace).length && process.env.LAKEWRIGHT_REQUIRE_SERVICES === "1") {
    report("LAKEWRIGHT_REQUIRE_SERVICES=1 makes a missing service an error");
    return 1;
  }
  if (present.length === 0) return 0;
  await using running = new AsyncDisposableStack();
  const environment = await startAll(present, workspace, running);
  return await runCommand(command, environment, workspace.signal);
}

async function presentServices(workspace: Workspace): Promise<Service[]> {
  const present: Service[] = [];
  for (const service of wanted(workspace)) {
    const availability = await service.available(workspace);
    if (availability.available) present.push(service);
    else report(`SKIPPED ${describe(service)}: ${availability.reason}`);
  }
  return present;
}

const wanted = ({ without }: Workspace): readonly Service[] => services.filter(({ name }) => !without.has(name));

async function startAll(
  present: readonly Service[],
  workspace: Workspace,
  running: AsyncDisposableStack,
): Promise<Environment> {
  const environment: Record<string, string> = {};
  for (const service of present) {
    const began = performance.now();
    const started = await service.start(workspace);
    running.defer(() => started.stop());
    Object.assign(environment, started.environment);
    report(`${describe(service)} is ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
  return environment;
}

function describe(service: Service): string {
  const versions = Object.entries(service.versions).map(([name, version]) => `${name} ${version}`);
  return `${service.name} (${versions.join(", ")})`;
}

async function runCommand(command: readonly string[], environment: Environment, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const [program = "", ...args] = command;
  const child = spawn(program, args, { stdio: "inherit", env: { ...process.env, ...environment } });
  // The services outlive the command, so that it ends in order; a terminal's Ctrl-C has reached it already.
  signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

/** The first signal ends the run in order; at the second this process exits and the services lose their lifeline. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(CONVENTIONAL_INTERRUPTED);
    report("interrupted; ending the services");
    controller.abort();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, interrupt);
  return controller.signal;
}

/** What is run, and which services it does without. */
interface Task {
  readonly command: readonly string[];
  readonly without: ReadonlySet<string>;
}

function taskOf(args: readonly string[], without: ReadonlySet<string> = new Set()): Task {
  if (args[0] !== "--without") return { command: commandOf(args), without };
  const name = args[1];
  if (!services.some((service) => service.name === name))
    throw new Error(`--without needs one of ${services.map((service) => service.name).join(", ")}: ${USAGE}`);
  return taskOf(args.slice(2), new Set([...without, name!]));
}

function commandOf(args: readonly string[]): readonly string[] {
  if (args[0] !== "--exec") return [...VITEST, "--root", ROOT, ...args];
  if (args.length === 1) throw new Error(`--exec needs a command: ${USAGE}`);
  return args.slice(1);
}

async function main(): Promise<void> {
  const signal = interruption();
  try {
    const code = await run(taskOf(process.argv.slice(2)), signal);
    process.exitCode = signal.aborted ? CONVENTIONAL_INTERRUPTED : code;
  } catch (error) {
    if (!signal.aborted) report(error instanceof Error ? error.message : String(error));
    process.exitCode = signal.aborted ? CONVENTIONAL_INTERRUPTED : 1;
  }
}

void main();
