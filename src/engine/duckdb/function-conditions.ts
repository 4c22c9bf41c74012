/** The conditions that functions of the catalogue raise on the data. */
import { brokenShape, unknownSrid } from "../../types/shape-fault.ts";
import type { Condition } from "./translate-failure.ts";

export const functionConditions: Readonly<Record<string, Condition>> = {
  "INVALID_FORMAT.MISMATCH_INPUT": {
    sqlState: "42601",
    sentence: ({ format, inputType, input }) =>
      `The format is invalid: ${format}. The input ${inputType} ${input} does not match the format`,
    hint: "Correct the text or the format, or use try_to_number to get NULL instead.",
  },
  "UNSUPPORTED_FEATURE.AES_MODE": {
    sqlState: "0A000",
    sentence: ({ mode, padding }) =>
      `AES-${mode} with the padding ${padding} is not supported by aes_encrypt and aes_decrypt`,
    hint: "Use GCM with NONE, CBC with PKCS or ECB with PKCS.",
  },
  "UNSUPPORTED_FEATURE.AES_MODE_IV": {
    sqlState: "0A000",
    sentence: ({ mode }) => `aes_encrypt with AES-${mode} does not take an initialization vector`,
  },
  "UNSUPPORTED_FEATURE.AES_MODE_AAD": {
    sqlState: "0A000",
    sentence: ({ mode, functionName }) => `${functionName} with AES-${mode} does not take additional data to prove`,
  },
  "INVALID_PARAMETER_VALUE.AES_KEY_LENGTH": {
    sqlState: "22023",
    sentence: ({ actualLength }) => `The key of AES must have 16, 24 or 32 bytes, but has ${actualLength}`,
  },
  "INVALID_PARAMETER_VALUE.AES_IV_LENGTH": {
    sqlState: "22023",
    sentence: ({ mode, actualLength }) =>
      `The initialization vector must have 16 bytes for CBC and 12 for GCM, but has ${actualLength} for ${mode}`,
  },
  "INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR": {
    sqlState: "22023",
    sentence: ({ detailMessage }) => `The value cannot be decrypted with this key: ${detailMessage}`,
    hint: "Use the key, mode and padding of aes_encrypt, or try_aes_decrypt to get NULL instead.",
  },
  VECTOR_DIMENSION_MISMATCH: {
    sqlState: "22000",
    sentence: ({ functionName, leftDim, rightDim }) =>
      `Vectors passed to ${functionName} must have the same dimension, but got ${leftDim} and ${rightDim}`,
  },
  INVALID_VECTOR_NORM_DEGREE: {
    sqlState: "22023",
    sentence: ({ functionName, degree }) => `The degree of ${functionName} must be 1, 2 or infinity, but is ${degree}`,
  },
  INVALID_BITMAP_POSITION: {
    sqlState: "22003",
    sentence: ({ bitPosition }) => `The bit map has 32768 bits, and none at the position ${bitPosition}`,
    hint: "Give it bitmap_bit_position(…), in a group for each bitmap_bucket_number(…).",
  },
  INVALID_VARIANT_CAST: {
    sqlState: "22023",
    sentence: ({ value, dataType }) => `The variant value ${value} cannot be cast into ${dataType}`,
    hint: "Use try_variant_get to get NULL instead.",
  },
  WKB_PARSE_ERROR: {
    sqlState: "22023",
    sentence: ({ parseError, pos }) => brokenShape(parseError!, pos!).sentence,
    hint: brokenShape("", "").details.hint,
  },
  ST_INVALID_SRID_VALUE: {
    sqlState: "22023",
    sentence: ({ srid }) => unknownSrid(srid!).sentence,
    hint: unknownSrid("").details.hint,
  },
  ST_INVALID_ENDIANNESS_VALUE: {
    sqlState: "22023",
    sentence: ({ endianness }) =>
      `Endianness '${endianness}' must be either 'NDR' (little-endian) or 'XDR' (big-endian)`,
  },
  CONVERSION_INVALID_INPUT: {
    sqlState: "22018",
    sentence: ({ value, format }) =>
      `The value '${value}' ('${format}') cannot be converted to "BINARY" because it is malformed`,
    hint: "Correct the value, change the format, or use try_to_binary to get NULL instead.",
  },
  INVALID_UTF8_STRING: {
    sqlState: "22029",
    sentence: ({ str }) => `Invalid UTF8 byte sequence found in string: ${str}`,
    hint: "Use make_valid_utf8 to repair the text, or try_validate_utf8 to get NULL instead.",
  },
};
