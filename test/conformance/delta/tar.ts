/** Unpacks `.tar.zst` archives of tables. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { zstdDecompressSync } from "node:zlib";

const block = 512;

/**
 * Unpacks the files of an archive.
 *
 * @param archive - the path of a `.tar.zst`
 * @param folder - where to; names that lead out of it are an error
 */
export function unpack(archive: string, folder: string): void {
  const tar = zstdDecompressSync(readFileSync(archive));
  let longName: string | undefined;
  for (let at = 0; at + block <= tar.length && tar[at] !== 0; ) {
    const header = tar.subarray(at, at + block);
    const size = Number.parseInt(field(header, 124, 12), 8) || 0;
    const content = tar.subarray(at + block, at + block + size);
    const kind = String.fromCharCode(header[156]!);
    if (kind === "L") longName = textOf(content);
    else if (kind === "x") longName = paxPath(textOf(content)) ?? longName;
    else {
      if (kind === "0" || kind === "\0") write(folder, longName ?? nameOf(header), content);
      longName = undefined;
    }
    at += block + Math.ceil(size / block) * block;
  }
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).replace(/\0.*$/s, "");

const field = (header: Uint8Array, from: number, length: number): string =>
  textOf(header.subarray(from, from + length)).trim();

function nameOf(header: Uint8Array): string {
  const prefix = field(header, 257, 5) === "ustar" ? field(header, 345, 155) : "";
  const name = field(header, 0, 100);
  return prefix === "" ? name : `${prefix}/${name}`;
}

const paxPath = (records: string): string | undefined => /^\d+ path=(.*)$/m.exec(records)?.[1];

function write(folder: string, name: string, content: Uint8Array): void {
  const path = normalize(join(folder, name));
  if (!path.startsWith(`${folder}/`)) throw new Error(`the archive holds a file outside of its folder: ${name}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
