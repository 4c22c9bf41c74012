/** Sessions on a file system that a test stands in front of. */
import type { SparkSession } from "lakewright";
// Binds the parser of SQL.
import "../../src/index.ts";
import { sessionsOn } from "../../src/dataframe/session-builder.ts";
import { EmbeddedEngine } from "../../src/engine/duckdb/embedded-engine.ts";
import { EngineSessionState } from "../../src/execution/session-state.ts";
import { databaseOptions, settingsRegistry } from "../../src/execution/settings.ts";
import type { FileSystem } from "../../src/storage/local-file-system.ts";
import { createLocalStorage } from "../../src/storage/local-storage.ts";

/**
 * A session whose log files, checkpoints and listings go through a file system.
 *
 * @param files - the calls; data files are written by the database itself
 */
export function sessionOn(files: FileSystem, settings: Readonly<Record<string, string>> = {}): SparkSession {
  const storage = createLocalStorage(files);
  const sessions = sessionsOn({
    makeState: (configuration) => {
      const engine = new EmbeddedEngine({ storage, ...databaseOptions(configuration) });
      return new EngineSessionState({ configuration, engine, storage });
    },
    registryOf: () => settingsRegistry,
  });
  return sessions.create(settings);
}
