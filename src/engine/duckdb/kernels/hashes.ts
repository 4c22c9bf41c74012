/** Hashes and digests. */
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Vector } from "../../../types/batch.ts";
import { bigintType, binaryType, type DataType, intType, stringType } from "../../../types/data-type.ts";
import type { ScalarFunction } from "../trampoline.ts";
import type { Hasher } from "./hash/hasher.ts";
import { mixOf } from "./hash/mix.ts";
import { Murmur3 } from "./hash/murmur3.ts";
import { XxHash64 } from "./hash/xxhash64.ts";
import type { KernelDefinition } from "./kernel.ts";

/** Mixes the columns of each row and hands the hash on. */
function eachRow<H extends Hasher>(
  columns: readonly Vector[],
  rows: number,
  hasher: H,
  take: (row: number) => void,
): void {
  const mixes = columns.map(mixOf);
  for (let row = 0; row < rows; row++) {
    hasher.reset();
    for (const mix of mixes) mix(row, hasher);
    take(row);
  }
}

const murmur3 = new Murmur3();
const xxHash64 = new XxHash64();

const murmurKernel = (parameters: readonly DataType[]): ScalarFunction => ({
  name: "hash",
  parameters,
  result: intType,
  deterministic: true,
  call: ({ columns, rows }) => {
    const values = new Int32Array(rows);
    eachRow(columns, rows, murmur3, (row) => {
      values[row] = murmur3.value;
    });
    return { type: intType, layout: "fixed", length: rows, values };
  },
});

const xxHashKernel = (parameters: readonly DataType[]): ScalarFunction => ({
  name: "xxhash64",
  parameters,
  result: bigintType,
  deterministic: true,
  call: ({ columns, rows }) => {
    const values = new BigInt64Array(rows);
    const halves = new Int32Array(values.buffer);
    eachRow(columns, rows, xxHash64, (row) => {
      halves[row * 2] = xxHash64.low;
      halves[row * 2 + 1] = xxHash64.high;
    });
    return { type: bigintType, layout: "fixed", length: rows, values };
  },
});

/** Kernels of values of any types. */
export const hashKernels = { hash: murmurKernel, xxhash64: xxHashKernel } as const;

const algorithms: Readonly<Record<number, string>> = {
  0: "sha256",
  224: "sha224",
  256: "sha256",
  384: "sha384",
  512: "sha512",
};

export const digestKernels = {
  crc32: { parameters: [binaryType], result: bigintType, call: (bytes: Uint8Array) => BigInt(crc32(bytes)) },
  sha2: {
    parameters: [binaryType, intType],
    result: stringType,
    call: (bytes: Uint8Array, bits: number) => {
      const algorithm = algorithms[bits];
      return algorithm === undefined ? null : createHash(algorithm).update(bytes).digest("hex");
    },
  },
} satisfies Readonly<Record<string, KernelDefinition>>;
