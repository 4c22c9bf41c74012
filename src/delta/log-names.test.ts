import { expect, test } from "vitest";
import {
  checkpointPartName,
  checksumName,
  classicCheckpointName,
  commitName,
  compactionName,
  logFileOf,
  v2CheckpointName,
} from "./log-names.ts";

const id = "80a083e8-7026-4e79-81be-64bd76c43a11";

test.each([
  [commitName(7), "00000000000000000007.json", { is: "commit", version: 7 }],
  [checksumName(7), "00000000000000000007.crc", { is: "checksum", version: 7 }],
  [
    compactionName(4, 9),
    "00000000000000000004.00000000000000000009.compacted.json",
    { is: "compaction", from: 4, version: 9 },
  ],
  [
    classicCheckpointName(10),
    "00000000000000000010.checkpoint.parquet",
    { is: "checkpoint", form: "classic", version: 10 },
  ],
  [
    checkpointPartName(10, 2, 3),
    "00000000000000000010.checkpoint.0000000002.0000000003.parquet",
    { is: "checkpoint", form: "parts", version: 10, part: 2, parts: 3 },
  ],
  [
    v2CheckpointName(10, id, "json"),
    `00000000000000000010.checkpoint.${id}.json`,
    { is: "checkpoint", form: "v2", version: 10, id, format: "json" },
  ],
])("%s", (name, written, file) => {
  expect(name).toBe(written);
  expect(logFileOf(name)).toEqual(file);
});

test.each([
  "_last_checkpoint",
  "7.json",
  ".00000000000000000007.json.crc",
  "00000000000000000007.json.tmp",
  "_sidecars",
])("%s is no file of the log", (name) => expect(logFileOf(name)).toBeUndefined());
