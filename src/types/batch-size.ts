import type { Batch, Vector, VectorLayout } from "./batch.ts";

type Sizes = { readonly [Layout in VectorLayout]: (vector: Extract<Vector, { readonly layout: Layout }>) => number };

const sizes: Sizes = {
  fixed: ({ values }) => values.byteLength,
  wide: ({ words }) => words.byteLength,
  text: ({ text }) => text.utf8().bytes.byteLength + 4 * text.length,
  binary: ({ bytes, offsets }) => bytes.byteLength + offsets.byteLength,
  list: ({ offsets, child }) => offsets.byteLength + sizeOf(child),
  map: ({ offsets, keys, values }) => offsets.byteLength + sizeOf(keys) + sizeOf(values),
  struct: ({ children }) => children.reduce((sum, child) => sum + sizeOf(child), 0),
  void: () => 0,
};

const sizeOf = (vector: Vector): number => (sizes[vector.layout] as (vector: Vector) => number)(vector);

/**
 * About how many bytes a batch has.
 *
 * @param batch - values by column
 */
export const batchSize = ({ columns }: Batch): number => columns.reduce((sum, column) => sum + sizeOf(column), 0);
