import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { output } from "./child-process.ts";
import { UnavailableError, type Workspace } from "./service.ts";

const OLDEST_PYTHON = [3, 10] as const;

/**
 * The interpreter of a virtual environment that holds exactly the given packages, made in the cache when it is not there.
 *
 * The folder's name tells packages, versions and the Python version, so another version makes another environment.
 *
 * @throws UnavailableError when there is no suitable Python or the packages cannot be installed
 */
export async function pythonWith(packages: Readonly<Record<string, string>>, workspace: Workspace): Promise<string> {
  const python = await findPython(workspace.signal);
  const names = Object.entries(packages).map(([name, version]) => `${name}-${version}`);
  const folder = join(workspace.cache, [...names, `python-${python.version}`].join("-"));
  const interpreter = join(folder, "bin", "python");
  // A link whose target has gone does not exist either: Python was replaced, and so is the environment.
  if (!existsSync(interpreter)) {
    workspace.report(`installing ${names.join(", ")} into ${folder} (once; a minute or two)`);
    await install(python.program, packages, folder, workspace);
  }
  return interpreter;
}

async function findPython(signal: AbortSignal): Promise<{ program: string; version: string }> {
  for (const program of ["python3", "python"]) {
    const found = await output(program, ["--version"], signal).catch(() => "");
    const [, major, minor] = /^Python (\d+)\.(\d+)/.exec(found) ?? [];
    if (Number(major) === OLDEST_PYTHON[0] && Number(minor) >= OLDEST_PYTHON[1]) {
      return { program, version: `${major}.${minor}` };
    }
  }
  throw new UnavailableError(`no Python ${OLDEST_PYTHON.join(".")} or newer on the PATH`);
}

// Made beside and renamed, so that an interrupted installation is never taken for an environment.
async function install(
  python: string,
  packages: Readonly<Record<string, string>>,
  folder: string,
  { cache, signal }: Workspace,
): Promise<void> {
  const partial = `${folder}.${process.pid}.partial`;
  const requirements = Object.entries(packages).map(([name, version]) => `${name}==${version}`);
  const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", ...requirements];
  try {
    await mkdir(cache, { recursive: true });
    await output(python, ["-m", "venv", partial], signal);
    await output(join(partial, "bin", "python"), pip, signal);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } catch (error) {
    signal.throwIfAborted();
    throw new UnavailableError(`${requirements.join(" ")} cannot be installed: ${(error as Error).message}`);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
