import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { avroJars } from "./avro.ts";
import { type Background, lastLines, output, startBackground } from "./child-process.ts";
import { connectSpark, SPARK_PYTHON, SPARK_REMOTE, SPARK_SOCKET } from "./client.ts";
import { deltaJars } from "./delta.ts";
import { pythonWith } from "./python-environment.ts";
import { type Availability, type RunningService, type Service, UnavailableError, type Workspace } from "./service.ts";

// delta-rs lies beside Spark, so that what it reads can be compared as a frame of Spark.
const PACKAGES = { pyspark: "4.2.0", pyarrow: "26.0.1", deltalake: "1.6.6" };
const OLDEST_JAVA = 17;
const PATIENCE_AT_START = 240_000;

/** A local Spark behind a Unix socket, reached through `client.ts`, and behind Spark Connect: `spark-worker.py`. */
export const spark: Service = { name: "spark", versions: PACKAGES, available, start };

async function available(workspace: Workspace): Promise<Availability> {
  try {
    if (process.platform === "win32") throw new UnavailableError("its worker listens on a Unix socket");
    await checkJava(workspace.signal);
    await pythonWith(PACKAGES, workspace);
    return { available: true };
  } catch (error) {
    if (error instanceof UnavailableError) return { available: false, reason: error.message };
    throw error;
  }
}

async function checkJava(signal: AbortSignal): Promise<void> {
  const home = process.env.JAVA_HOME;
  const program = home ? join(home, "bin", "java") : "java";
  const found = await output(program, ["-version"], signal).catch(() => "");
  const major = Number(/version "(\d+)/.exec(found)?.[1] ?? 0);
  if (major < OLDEST_JAVA) {
    throw new UnavailableError(`no Java ${OLDEST_JAVA} or newer ${home ? "in JAVA_HOME" : "on the PATH"}`);
  }
}

async function start(workspace: Workspace): Promise<RunningService> {
  const socket = join(workspace.folder, "spark.sock");
  const python = await pythonWith(PACKAGES, workspace);
  const jars = await jarsThatCanBeHad(workspace);
  const { remote, stop } = await startWorker({ python, folder: workspace.folder, jars, signal: workspace.signal });
  return { environment: { [SPARK_SOCKET]: socket, [SPARK_REMOTE]: remote, [SPARK_PYTHON]: python }, stop };
}

export interface WorkerParts {
  /** The Python that has PySpark. */
  readonly python: string;
  /** Where socket, log and files lie; its path is short, as that of a socket has to be. */
  readonly folder: string;
  readonly jars?: readonly string[];
  /** Of Spark Connect; a free one when left out. */
  readonly port?: number;
  /** As Java says it. */
  readonly memory?: string;
  readonly signal: AbortSignal;
}

export interface Worker extends Background {
  /** `sc://host:port` */
  readonly remote: string;
}

/** Starts a Spark and waits until it answers. */
export async function startWorker(parts: WorkerParts): Promise<Worker> {
  const { python, jars = [], port = 0, memory = "2g", signal } = parts;
  const folder = join(parts.folder, "spark");
  await mkdir(folder, { recursive: true });
  const socket = join(parts.folder, "spark.sock");
  // One that was killed leaves it behind.
  await rm(socket, { force: true });
  const program = join(import.meta.dirname, "spark-worker.py");
  const worker = startBackground(python, [program, socket, folder, jars.join(), String(port), memory], {
    logFile: join(parts.folder, "spark.log"),
    environment: cleanEnvironment(),
  });
  try {
    await untilHealthy(worker, socket, signal);
  } catch (error) {
    await worker.stop();
    throw error;
  }
  return { ...worker, remote: `sc://127.0.0.1:${await readFile(join(folder, "connect-port"), "utf8")}` };
}

// What is missing was told when the services were looked for.
async function jarsThatCanBeHad(workspace: Workspace): Promise<readonly string[]> {
  const modules = Object.entries({ delta: deltaJars, avro: avroJars }).filter(([name]) => !workspace.without.has(name));
  const jars = await Promise.all(modules.map(([, find]) => noneWithout(() => find(workspace))));
  return jars.flat();
}

async function noneWithout(find: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof UnavailableError) return [];
    throw error;
  }
}

// Another Spark that this machine is set up for must not leak in.
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PY)?SPARK_|^PYTHON/.test(name));
  return {
    ...Object.fromEntries(kept),
    SPARK_LOCAL_IP: "127.0.0.1",
    TZ: "UTC",
    PYTHONUNBUFFERED: "1",
    PYTHONDONTWRITEBYTECODE: "1",
  };
}

async function untilHealthy(worker: Background, socket: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + PATIENCE_AT_START;
  while (!(await answers(socket))) {
    signal.throwIfAborted();
    const reason = worker.ended() ?? (Date.now() > deadline ? "did not answer in time" : undefined);
    if (reason) throw new Error(`Spark ${reason}. The end of its log:\n${lastLines(worker.logFile, 20)}`);
    await sleep(100);
  }
}

async function answers(socket: string): Promise<boolean> {
  try {
    await using peer = await connectSpark(socket);
    const { rows } = await peer.sql("SELECT 1");
    return rows[0]?.[0] === 1;
  } catch (error) {
    // The socket is not there before Spark is up.
    if (["ENOENT", "ECONNREFUSED"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}
