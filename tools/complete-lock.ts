/**
 * Adds to package-lock.json the platform packages that its packages list as optional and that npm left out.
 *
 * npm drops an optional package that the registry in use does not have yet; `npm ci` then refuses the lock file, and
 * another platform would miss its binary. The listing package names the exact version, the name says the platform.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const platformName =
  /(?<os>aix|android|darwin|freebsd|linux|netbsd|openbsd|sunos|win32)-(?<cpu>[a-z0-9]+)(?:-(?<libc>musl|gnu))?/;
const libcNames: Readonly<Record<string, string>> = { musl: "musl", gnu: "glibc" };
const lockPath = join(import.meta.dirname, "..", "package-lock.json");
const lock: { packages: Record<string, LockEntry> } = JSON.parse(readFileSync(lockPath, "utf8"));

const missing = Object.entries(lock.packages).flatMap(([location, parent]) =>
  location.startsWith("node_modules/") ? missingPackages(parent) : [],
);
if (missing.length > 0) {
  const entries = [...Object.entries(lock.packages), ...missing];
  lock.packages = Object.fromEntries(entries.sort(([left], [right]) => left.localeCompare(right, "en")));
  writeFileSync(lockPath, `${JSON.stringify(lock, null, 2)}\n`);
}
for (const [location] of missing) console.log(`added ${location}`);

function missingPackages(parent: LockEntry): [string, LockEntry][] {
  return Object.entries(parent.optionalDependencies ?? {})
    .filter(([name]) => lock.packages[`node_modules/${name}`] === undefined)
    .flatMap(([name, version]) => {
      const platform = platformName.exec(name)?.groups;
      return platform === undefined ? [] : [[`node_modules/${name}`, platformEntry(parent, version, platform)]];
    });
}

function platformEntry(parent: LockEntry, version: string, platform: Record<string, string | undefined>): LockEntry {
  const libc = libcNames[platform.libc ?? ""];
  const entry = {
    version,
    cpu: [platform.cpu],
    ...(parent.dev === true && { dev: true }),
    ...(libc !== undefined && { libc: [libc] }),
    optional: true,
    os: [platform.os],
  };
  return entry;
}
