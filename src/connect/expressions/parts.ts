/** The messages that stand for expressions inside others and inside relations: orders and names. */
import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Alias, SortOrder } from "../../plan/expression.ts";
import type { Metadata } from "../../types/metadata.ts";
import { type Decoder, type Encoder, given, keyOf, type Meaning } from "../codec.ts";
import {
  type Expression_Alias as AliasMessage,
  type Expression_AliasSchema as AliasSchema,
  Expression_SortOrder_SortDirection as Direction,
  Expression_SortOrder_NullOrdering as Nulls,
  type Expression_SortOrder as SortOrderMessage,
  type Expression_SortOrderSchema as SortOrderSchema,
} from "../generated/spark/connect/expressions_pb.ts";

const directions = { ascending: Direction.ASCENDING, descending: Direction.DESCENDING } as const;
const nullOrders = { first: Nulls.SORT_NULLS_FIRST, last: Nulls.SORT_NULLS_LAST } as const;

export const encodeSortOrder = (
  { input, direction, nulls }: SortOrder,
  to: Encoder,
): MessageInitShape<typeof SortOrderSchema> => ({
  child: to.expression(input),
  direction: directions[direction],
  nullOrdering: nullOrders[nulls],
});

/** An order; where a message says nothing it ascends, and nulls are smaller than every value. */
export function decodeSortOrder(
  { child, direction, nullOrdering }: SortOrderMessage,
  from: Decoder,
): Meaning<SortOrder> {
  const way = keyOf(directions, direction) ?? "ascending";
  const nulls = keyOf(nullOrders, nullOrdering) ?? (way === "ascending" ? "first" : "last");
  return { kind: "sort order", input: from.expression(child), direction: way, nulls };
}

export const encodeAlias = ({ input, names, metadata }: Alias, to: Encoder): MessageInitShape<typeof AliasSchema> => ({
  expr: to.expression(input),
  name: [...names],
  ...given("metadata", metadata && JSON.stringify(metadata)),
});

export const decodeAlias = ({ expr, name, metadata }: AliasMessage, from: Decoder): Meaning<Alias> => ({
  kind: "alias",
  input: from.expression(expr),
  names: name,
  ...given("metadata", metadata === undefined ? undefined : (JSON.parse(metadata) as Metadata)),
});
