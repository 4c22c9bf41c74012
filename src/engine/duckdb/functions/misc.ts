/** Hashes, the session, partitions and errors as DuckDB SQL. */
import { userInfo } from "node:os";
import { simpleString } from "../../../types/type-name.ts";
import { duckType } from "../duck-type.ts";
import { sqlError, text } from "../sql-text.ts";
import { duck, type Lowering, type Lowerings, unsupported } from "./lowering.ts";

/** What Spark answers to `version()`: its release and the commit it was built from. */
const sparkVersion = "4.2.0 32f7299601108917fb01920a54e084595b7b3bf8";

/** A kernel that takes values of any types. */
const hashed =
  (name: string): Lowering =>
  (args, { kernel, types }) =>
    kernel(name, args, types);

const raised = (message: string): string =>
  `${sqlError("USER_RAISED_EXCEPTION", { message: `coalesce(${message}, 'null')` })}`;

const assertTrue: Lowering = ([condition, message], { call }) =>
  `CASE WHEN ${condition} THEN NULL ELSE ${raised(message ?? text("the condition is not true!"))}::${duckType(call.type)} END`;

const constantText =
  (value: () => string): Lowering =>
  () =>
    text(value());

/** Spark's defaults for the arguments of a cipher that are left out: mode, padding, and no bytes. */
const ciphered =
  (name: string, ...more: readonly string[]): Lowering =>
  (args, { kernel }) => {
    const defaults = ["'GCM'", "'DEFAULT'", ...more];
    return kernel(name, [...args, ...defaults.slice(args.length - 2)]);
  };
const noBytes = "''::BLOB";

/** What is told of the file that a row comes from: where none is read, that there is none. */
const ofFile =
  (none: string, reason: string): Lowering =>
  (args, context) =>
    context.readsFiles ? unsupported(context.call.name, reason)(args, context) : none;

export const miscLowerings = {
  aes_encrypt: ciphered("aes_encrypt", noBytes, noBytes),
  aes_decrypt: ciphered("aes_decrypt", noBytes),
  try_aes_decrypt: ciphered("try_aes_decrypt", noBytes),
  assert_true: assertTrue,
  collate: ([value]) => value!,
  collation: (_, { types: [type] }) =>
    text(`SYSTEM.BUILTIN.${(type?.kind === "string" ? type.collation : undefined) ?? "UTF8_BINARY"}`),
  crc32: ([value], { kernel }) => kernel("crc32", [value!]),
  current_catalog: constantText(() => "spark_catalog"),
  current_path: constantText(() => "system.builtin,system.session,spark_catalog.default"),
  current_schema: constantText(() => "default"),
  current_user: constantText(() => userInfo().username),
  hash: hashed("hash"),
  input_file_name: ofFile("''", "the column _metadata.file_path of a file source tells the same"),
  input_file_block_start: ofFile("-1::BIGINT", "what it tells is known to Spark's readers only"),
  input_file_block_length: ofFile("-1::BIGINT", "what it tells is known to Spark's readers only"),
  md5: duck("md5"),
  monotonically_increasing_id: (_, { drawnBefore }) => `(${drawnBefore()})`,
  raise_error: ([message], { call }) => `${raised(message!)}::${duckType(call.type)}`,
  sha1: duck("sha1"),
  sha2: ([value, bits], { constant, kernel }) =>
    [0, 256].includes(constant(1) as number) ? `sha256(${value})` : kernel("sha2", [value!, bits!]),
  spark_partition_id: () => "0",
  typeof: (_, { types }) => text(simpleString(types[0]!)),
  uuid: ([seed], context) =>
    seed === undefined || context.constant(0) === null
      ? "uuid()::VARCHAR"
      : context.kernel("seeded_uuid", [`(${seed})::BIGINT`, context.drawnBefore()]),
  version: constantText(() => sparkVersion),
  xxhash64: hashed("xxhash64"),
} satisfies Lowerings<typeof import("../../../functions/misc.ts")>;
