/** Packages that only some formats need: they are loaded by the first use, and may be absent. */
import { UnsupportedError } from "../../../errors.ts";

/**
 * Loads an optional package.
 *
 * @param load - imports it
 * @param name - what to install
 * @param purpose - what it is needed for, as in "files compressed by Snappy"
 * @throws UnsupportedError when it is not installed
 */
export async function optionalPackage<Module>(
  load: () => Promise<Module>,
  name: string,
  purpose: string,
): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw notInstalled(name, purpose, cause);
  }
}

/** The same, where nothing can wait for it. */
export function optionalPackageNow<Module>(load: () => Module, name: string, purpose: string): Module {
  try {
    return load();
  } catch (cause) {
    throw notInstalled(name, purpose, cause);
  }
}

const notInstalled = (name: string, purpose: string, cause: unknown): UnsupportedError =>
  new UnsupportedError(`${purpose} need the package ${name}, which is not installed`, {
    hint: `Install it beside lakewright: npm install ${name}`,
    cause,
  });
