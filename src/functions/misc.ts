/** Hashing, the session, partitions and errors. */
import { scalar, synonym } from "./define.ts";

/**
 * Bytes encrypted by AES, after the initialization vector that was used.
 *
 * @param value - a binary value or text
 * @param key - 16, 24 or 32 bytes
 * @param mode - `GCM` (when left out), `CBC` or `ECB`
 * @param padding - `PKCS` or `NONE`; the mode's own when left out
 * @param vector - the initialization vector: 12 bytes for GCM, 16 for CBC; a random one when left out
 * @param proof - what GCM proves to be unchanged besides the value
 * @throws ExecutionError `INVALID_PARAMETER_VALUE.AES_KEY_LENGTH` and its like when an argument does not fit
 * @example base64(aesEncrypt(lit("Spark"), lit("abcdefghijklmnop"), lit("ECB"))) // 4Hv0UKCx6nfUeAoPZo1z+w==
 */
export const aesEncrypt = scalar(
  "aes_encrypt(value: binary, key: binary, mode?: string, padding?: string, vector?: binary, proof?: binary): binary nullable",
);

/**
 * The bytes that were encrypted by AES.
 *
 * @param value - what `aesEncrypt` gave
 * @param key - 16, 24 or 32 bytes
 * @param mode - `GCM` (when left out), `CBC` or `ECB`
 * @param padding - `PKCS` or `NONE`; the mode's own when left out
 * @param proof - what GCM proves to be unchanged besides the value
 * @throws ExecutionError `INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR` when it cannot be decrypted
 * @example aesDecrypt(unbase64(lit("4Hv0UKCx6nfUeAoPZo1z+w==")), lit("abcdefghijklmnop"), lit("ECB")).cast("string") // Spark
 */
export const aesDecrypt = scalar(
  "aes_decrypt(value: binary, key: binary, mode?: string, padding?: string, proof?: binary): binary nullable",
);

/**
 * The bytes that were encrypted by AES; null where they cannot be decrypted.
 *
 * @param value - what `aesEncrypt` gave
 * @param key - 16, 24 or 32 bytes
 * @example tryAesDecrypt(lit("Spark"), lit("abcdefghijklmnop")) // NULL
 */
export const tryAesDecrypt = scalar(
  "try_aes_decrypt(value: binary, key: binary, mode?: string, padding?: string, proof?: binary): binary nullable",
);

/**
 * Null where a condition is true; fails where it is false or null.
 *
 * @param condition - what must hold
 * @param message - what the error says
 * @example assertTrue(lit(true)) // NULL
 */
export const assertTrue = scalar("assert_true(condition: onlyBoolean, message?: value string): void nullable");

/**
 * The name of the collation by which a text is compared.
 *
 * @example collation(lit("Spark")) // SYSTEM.BUILTIN.UTF8_BINARY
 */
export const collation = scalar("collation(text: onlyString): string not null");

/**
 * A text that is compared by a collation, such as UTF8_LCASE or UNICODE_CI.
 *
 * @param collationName - the name of a collation of Spark's
 * @example collate(lit("Spark"), "UTF8_LCASE") // Spark
 */
export const collate = scalar("collate(text: onlyString, collationName: value writtenString): collated null if first");

/**
 * The CRC-32 checksum of bytes.
 *
 * @param value - a binary value or text
 * @example crc32(lit("Spark")) // 1557323817
 */
export const crc32 = scalar("crc32(value: binary): bigint");

/**
 * The name of the current catalogue.
 *
 * @example currentCatalog() // spark_catalog
 */
export const currentCatalog = scalar("current_catalog(): string not null");

/**
 * Where functions are looked up: the names of schemas, separated by commas.
 *
 * @example currentPath() // system.builtin,system.session,spark_catalog.default
 */
export const currentPath = scalar("current_path(): string not null");

/**
 * The name of the current schema.
 *
 * @example currentSchema() // default
 */
export const currentSchema = scalar("current_schema(): string not null");

/**
 * The name of the current schema; another name of `currentSchema`.
 *
 * @example currentDatabase() // default
 */
export const currentDatabase = synonym("current_database(): string not null", currentSchema);

/**
 * The name of the user who runs the query.
 *
 * @example currentUser().isNotNull() // true
 */
export const currentUser = scalar("current_user(): string not null");

/**
 * The name of the user who runs the query; another name of `currentUser`.
 *
 * @example user().eq(currentUser()) // true
 */
export const user = synonym("user(): string not null", currentUser);

/**
 * The name of the user who runs the query; another name of `currentUser`.
 *
 * @example sessionUser().eq(currentUser()) // true
 */
export const sessionUser = synonym("session_user(): string not null", currentUser);

/**
 * Spark's 32-bit hash of values, Murmur3 with seed 42.
 *
 * @param values - anything without a map inside
 * @example hash(lit("Spark"), lit(123)) // 1262264271
 */
export const hash = scalar("hash(value: hashable, ...more: hashable): int not null");

/**
 * The path of the file that the row was read from; empty where there is none.
 *
 * @example inputFileName() //
 */
export const inputFileName = scalar("input_file_name(): string not null", { deterministic: false });

/**
 * Where the part of the file begins that the row was read from; -1 where no file is read. Over files it is refused: Spark's
 * readers alone know it.
 *
 * @example inputFileBlockStart() // -1
 */
export const inputFileBlockStart = scalar("input_file_block_start(): bigint not null", { deterministic: false });

/**
 * How long the part of the file is that the row was read from; -1 where no file is read. Over files it is refused: Spark's
 * readers alone know it.
 *
 * @example inputFileBlockLength() // -1
 */
export const inputFileBlockLength = scalar("input_file_block_length(): bigint not null", { deterministic: false });

/**
 * The MD5 digest of bytes as hexadecimal digits.
 *
 * @param value - a binary value or text
 * @example md5(lit("Spark")) // 8cde774d6f7333752ed72cacddb05126
 */
export const md5 = scalar("md5(value: binary): string");

/**
 * A number for each row that grows and is never given twice, with gaps between partitions.
 *
 * @example monotonicallyIncreasingId().gte(0) // true
 */
export const monotonicallyIncreasingId = scalar("monotonically_increasing_id(): bigint not null", {
  deterministic: false,
});

/**
 * Fails with a message.
 *
 * @param message - what the error says
 */
export const raiseError = scalar("raise_error(message: value string): void nullable");

/**
 * The SHA-1 digest of bytes as hexadecimal digits.
 *
 * @param value - a binary value or text
 * @example sha1(lit("Spark")) // 85f5955f4b27a9a4c2aab6ffe5d7189fc298b92c
 */
export const sha1 = scalar("sha1(value: binary): string");

/**
 * The SHA-1 digest of bytes as hexadecimal digits; another name of `sha1`.
 *
 * @example sha(lit("Spark")) // 85f5955f4b27a9a4c2aab6ffe5d7189fc298b92c
 */
export const sha = synonym("sha(value: binary): string", sha1);

/**
 * A SHA-2 digest of bytes as hexadecimal digits; null for another length.
 *
 * @param value - a binary value or text
 * @param bits - 224, 256, 384, 512, or 0 for 256
 * @example substring(sha2(lit("Spark"), 256), 1, 8) // 529bc3b0
 */
export const sha2 = scalar("sha2(value: binary, bits: int): string nullable");

/**
 * The number of the partition that the row lies in.
 *
 * @example sparkPartitionId() // 0
 */
export const sparkPartitionId = scalar("spark_partition_id(): int not null", { deterministic: false });

/**
 * The name of the value's type, as DDL writes it.
 *
 * @example typeOf(lit(1)) // int
 */
export const typeOf = scalar("typeof(value: any): string not null");

/**
 * A random UUID for each row; with a seed the same ones each time, in the order of the rows.
 *
 * @param seed - a whole number as it is written; null is no seed
 * @example length(uuid()) // 36
 * @example uuid(lit(1)) // 1ced31d7-59ef-4bbc-aaf6-d506ef49e4d2
 */
export const uuid = scalar("uuid(seed?: writtenSeed): string not null", { deterministic: false });

/**
 * The version of Spark whose answers are given.
 *
 * @example substring(version(), 1, 1) // 4
 */
export const version = scalar("version(): string not null");

/**
 * Spark's 64-bit hash of values, xxHash with seed 42.
 *
 * @param values - anything without a map inside
 * @example xxhash64(lit("Spark")) // -4294468057691064905
 */
export const xxhash64 = scalar("xxhash64(value: hashable, ...more: hashable): bigint not null");
