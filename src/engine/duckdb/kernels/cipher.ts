/** AES as Spark's `aes_encrypt` has it: the initialization vector stands before what is encrypted. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { binaryType, stringType } from "../../../types/data-type.ts";
import { condition } from "../translate-failure.ts";
import type { KernelDefinition } from "./kernel.ts";

interface Mode {
  readonly paddings: readonly string[];
  /** The size of the initialization vector. */
  readonly vector: number;
  /** The size of what proves that nothing was changed. */
  readonly tag: number;
}

const modes: Readonly<Record<string, Mode>> = {
  ECB: { paddings: ["DEFAULT", "PKCS"], vector: 0, tag: 0 },
  CBC: { paddings: ["DEFAULT", "PKCS"], vector: 16, tag: 0 },
  GCM: { paddings: ["DEFAULT", "NONE"], vector: 12, tag: 16 },
};

function modeOf(name: string, padding: string): Mode {
  const mode = modes[name.toUpperCase()];
  if (mode?.paddings.includes(padding.toUpperCase())) return mode;
  throw condition("UNSUPPORTED_FEATURE.AES_MODE", { mode: name, padding, functionName: "`aes_encrypt`/`aes_decrypt`" });
}

function keyBits(key: Uint8Array): number {
  if ([16, 24, 32].includes(key.length)) return key.length * 8;
  throw condition("INVALID_PARAMETER_VALUE.AES_KEY_LENGTH", { actualLength: String(key.length) });
}

function vectorFor(name: string, { vector }: Mode, given: Uint8Array): Uint8Array {
  if (given.length === 0) return randomBytes(vector);
  const functionName = "`aes_encrypt`";
  if (vector === 0) throw condition("UNSUPPORTED_FEATURE.AES_MODE_IV", { mode: name, functionName });
  if (given.length === vector) return given;
  throw condition("INVALID_PARAMETER_VALUE.AES_IV_LENGTH", { mode: name, actualLength: String(given.length) });
}

/** A cipher that may take data to prove besides what it encrypts; the types of Node.js tell only of some modes. */
interface Proving {
  setAAD(data: Uint8Array): unknown;
  getAuthTag(): Uint8Array;
  setAuthTag(tag: Uint8Array): unknown;
}

function checkProof(name: string, { tag }: Mode, proof: Uint8Array, functionName: string): void {
  if (tag > 0 || proof.length === 0) return;
  throw condition("UNSUPPORTED_FEATURE.AES_MODE_AAD", { mode: name, functionName });
}

type Cipher = (
  value: Uint8Array,
  key: Uint8Array,
  mode: string,
  padding: string,
  ...rest: readonly Uint8Array[]
) => Uint8Array;

const encrypted: Cipher = (value, key, name, padding, given, proof) => {
  const bits = keyBits(key);
  const mode = modeOf(name, padding);
  const cipher = `aes-${bits}-${name.toLowerCase()}`;
  checkProof(name, mode, proof!, "`aes_encrypt`");
  const vector = vectorFor(name, mode, given!);
  const made = createCipheriv(cipher, key, mode.vector === 0 ? null : vector);
  if (proof!.length > 0) (made as unknown as Proving).setAAD(proof!);
  const parts = [vector.subarray(0, mode.vector), made.update(value), made.final()];
  return Buffer.concat(mode.tag === 0 ? parts : [...parts, (made as unknown as Proving).getAuthTag()]);
};

const decrypted: Cipher = (value, key, name, padding, proof) => {
  const bits = keyBits(key);
  const mode = modeOf(name, padding);
  const cipher = `aes-${bits}-${name.toLowerCase()}`;
  checkProof(name, mode, proof!, "`aes_decrypt`");
  if (value.length < mode.vector + mode.tag)
    throw condition("INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR", { detailMessage: "The value is too short" });
  const made = createDecipheriv(cipher, key, mode.vector === 0 ? null : value.subarray(0, mode.vector));
  if (proof!.length > 0) (made as unknown as Proving).setAAD(proof!);
  if (mode.tag > 0) (made as unknown as Proving).setAuthTag(value.subarray(-mode.tag));
  const body = value.subarray(mode.vector, value.length - mode.tag);
  try {
    return Buffer.concat([made.update(body), made.final()]);
  } catch (error) {
    throw condition("INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR", { detailMessage: (error as Error).message });
  }
};

const tried =
  (cipher: Cipher) =>
  (...args: Parameters<Cipher>): Uint8Array | undefined => {
    try {
      return cipher(...args);
    } catch {
      return undefined;
    }
  };

const parameters = [binaryType, binaryType, stringType, stringType];

export const cipherKernels = {
  aes_encrypt: { parameters: [...parameters, binaryType, binaryType], result: binaryType, call: encrypted },
  aes_decrypt: { parameters: [...parameters, binaryType], result: binaryType, call: decrypted },
  try_aes_decrypt: { parameters: [...parameters, binaryType], result: binaryType, call: tried(decrypted) },
} satisfies Readonly<Record<string, KernelDefinition>>;
