/** The generated tables, made once and kept. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { findPeer } from "../peers.ts";

/**
 * The folder with the Parquet files of a scale, written by `tpchgen-cli` from Python's package index.
 *
 * @param cache - the folder that holds them
 * @param scale - 1 makes about 1 GB of text
 * @throws Error when the generator is not installed
 */
export async function tpchData(cache: string, scale: number): Promise<string> {
  const folder = join(cache, `tpch-${scale}`);
  if (existsSync(folder)) return folder;
  const peer = findPeer("tpchgen-cli");
  if (peer === undefined) throw new Error("No Python here has the generator: pip install tpchgen-cli.");
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const program = join(dirname(peer.python), "tpchgen-cli");
  const { status, stderr } = spawnSync(program, ["parquet", "-s", String(scale), `--output-dir=${partial}`]);
  if (status !== 0) throw new Error(`tpchgen-cli ended with ${status}: ${stderr}`);
  await rename(partial, folder);
  return folder;
}
