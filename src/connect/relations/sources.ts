/** Relations without an input: files, tables, rows of the program, numbers, table functions. */

import type { Moments } from "../../plan/relation.ts";
import { arrowBytes } from "../../types/arrow/arrow-stream.ts";
import { given, type RelationDecoders, type RelationEncoders } from "../codec.ts";
import { decodeSchemaText, encodeSchemaText } from "../data-type.ts";
import { localRows } from "../local-rows.ts";
import { decodeName, encodeName } from "../names.ts";
import { invalidMessage, noMessage } from "../refusal.ts";

type Kind =
  | "read"
  | "read table"
  | "local relation"
  | "range"
  | "table function"
  | "cached remote relation"
  | "cached local relation"
  | "relation changes";

export const sourceEncoders: RelationEncoders<Kind> = {
  read: ({ format, paths, schema, options, moments, predicates = [], isStreaming }) => {
    refuseMoments(moments);
    const value = {
      ...given("format", format ?? undefined),
      ...given("schema", schema && encodeSchemaText(schema)),
      options,
      paths: [...paths],
      predicates: [...predicates],
    };
    return { case: "read", value: { readType: { case: "dataSource", value }, isStreaming } };
  },
  "read table": ({ name, options, moments, isStreaming }) => {
    refuseMoments(moments);
    const value = { unparsedIdentifier: encodeName(name), options };
    return { case: "read", value: { readType: { case: "namedTable", value }, isStreaming } };
  },
  "local relation": ({ schema, batches }, { timeZone }) => ({
    case: "localRelation",
    value: { data: arrowBytes(schema, batches, timeZone), schema: encodeSchemaText(schema) },
  }),
  range: ({ start, end, step, partitions }) => ({
    case: "range",
    value: { start, end, step, ...given("numPartitions", partitions) },
  }),
  "table function": ({ name, arguments: args }, to) => ({
    case: "unresolvedTableValuedFunction",
    value: { functionName: encodeName(name), arguments: to.expressions(args) },
  }),
  "cached remote relation": ({ id }) => ({ case: "cachedRemoteRelation", value: { relationId: id } }),
  "cached local relation": ({ hashes }) =>
    "whole" in hashes
      ? { case: "cachedLocalRelation", value: { hash: hashes.whole } }
      : {
          case: "chunkedCachedLocalRelation",
          value: { dataHashes: [...hashes.parts], ...given("schemaHash", hashes.schema) },
        },
  "relation changes": ({ name, options, moments, isStreaming }) => {
    refuseMoments(moments);
    return { case: "relationChanges", value: { unparsedIdentifier: encodeName(name), options, isStreaming } };
  },
};

function refuseMoments(moments: Moments | undefined): void {
  if (moments !== undefined)
    throw noMessage("a version of a table by a moment that is computed", "Write the whole query as SQL text.");
}

type Case =
  | "read"
  | "localRelation"
  | "range"
  | "unresolvedTableValuedFunction"
  | "cachedRemoteRelation"
  | "cachedLocalRelation"
  | "chunkedCachedLocalRelation"
  | "relationChanges";

export const sourceDecoders: RelationDecoders<Case> = {
  read: ({ readType, isStreaming }) => {
    if (readType.case === undefined) throw invalidMessage("a read has neither a table nor a source");
    if (readType.case === "namedTable") {
      const { unparsedIdentifier, options } = readType.value;
      return { kind: "read table", name: decodeName(unparsedIdentifier), options, isStreaming };
    }
    const { format, schema, options, paths, predicates } = readType.value;
    return {
      kind: "read",
      format: format === undefined || format === "" ? null : format,
      paths,
      ...given("schema", schema === undefined || schema === "" ? undefined : decodeSchemaText(schema)),
      options,
      ...(predicates.length > 0 ? { predicates } : {}),
      isStreaming,
    };
  },
  localRelation: localRows,
  range: ({ start = 0n, end, step, numPartitions }) => ({
    kind: "range",
    start,
    end,
    step,
    ...given("partitions", numPartitions),
  }),
  unresolvedTableValuedFunction: ({ functionName, arguments: args }, from) => ({
    kind: "table function",
    name: decodeName(functionName),
    arguments: from.expressions(args),
  }),
  cachedRemoteRelation: ({ relationId }) => ({ kind: "cached remote relation", id: relationId }),
  cachedLocalRelation: ({ hash }) => ({ kind: "cached local relation", hashes: { whole: hash } }),
  chunkedCachedLocalRelation: ({ dataHashes, schemaHash }) => ({
    kind: "cached local relation",
    hashes: { parts: dataHashes, ...given("schema", schemaHash) },
  }),
  relationChanges: ({ unparsedIdentifier, options, isStreaming }) => ({
    kind: "relation changes",
    name: decodeName(unparsedIdentifier),
    options,
    isStreaming,
  }),
};
