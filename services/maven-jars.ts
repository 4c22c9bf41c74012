import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { output } from "./child-process.ts";
import { UnavailableError, type Workspace } from "./service.ts";

/** A jar: `group:artifact` and its version. */
export type Jars = Readonly<Record<string, string>>;

/**
 * The paths of jars, fetched by Maven into a folder of the cache when they are not there.
 *
 * Nothing that they depend on comes with them: a list names each jar that is needed.
 *
 * @param name - what the jars are together; with the version it names the folder
 * @throws UnavailableError when there is no Maven or a jar cannot be had
 */
export async function jarsOf(
  name: string,
  version: string,
  jars: Jars,
  workspace: Workspace,
): Promise<readonly string[]> {
  const folder = join(workspace.cache, `${name}-${version}`);
  if (!existsSync(folder)) {
    workspace.report(`fetching the jars of ${name} ${version} into ${folder} (once)`);
    await fetch(jars, folder, workspace);
  }
  return (await readdir(folder)).filter((file) => file.endsWith(".jar")).map((file) => join(folder, file));
}

// Fetched beside and renamed, so that an interrupted download is never taken for the whole.
async function fetch(jars: Jars, folder: string, { cache, signal }: Workspace): Promise<void> {
  const partial = `${folder}.${process.pid}.partial`;
  const project = join(partial, "pom.xml");
  const copy = ["-B", "-q", "-f", project, "dependency:copy-dependencies", `-DoutputDirectory=${partial}`];
  try {
    await mkdir(cache, { recursive: true });
    await mkdir(partial);
    await writeFile(project, projectOf(jars));
    await output("mvn", copy, signal);
    await rename(partial, folder);
  } catch (error) {
    signal.throwIfAborted();
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new UnavailableError(
      isMissing ? "no Maven (mvn) on the PATH" : `Maven cannot fetch it: ${(error as Error).message}`,
    );
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

function projectOf(jars: Jars): string {
  const dependencies = Object.entries(jars).map(([name, version]) => {
    const [group, artifact] = name.split(":");
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>
<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>`;
  });
  return `<project><modelVersion>4.0.0</modelVersion><groupId>jars</groupId><artifactId>jars</artifactId><version>1</version>
<dependencies>${dependencies.join("\n")}</dependencies></project>\n`;
}
