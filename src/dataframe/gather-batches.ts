/** Many small results as few batches. */
import { assertColumns, batchOf, type ColumnArrays } from "../functions/column-arrays.ts";
import { fieldAcceptor } from "../types/accept-value.ts";
import { type Batch, chunkRows } from "../types/batch.ts";
import type { StructType } from "../types/data-type.ts";
import type { StoredValue } from "../types/stored-value.ts";
import { type VectorBuilder, vectorBuilder } from "../types/vector-builder.ts";

/** Gathers what a function gives for one group after the other. */
export class BatchGatherer {
  readonly #schema: StructType;
  readonly #accept: readonly ((value: unknown, row: number) => StoredValue)[];
  #builders: readonly VectorBuilder[] = [];
  #rows = 0;

  constructor(schema: StructType) {
    this.#schema = schema;
    this.#accept = schema.fields.map((field) => fieldAcceptor(field));
  }

  /**
   * Takes columns; gives the batches that are full with them.
   *
   * @throws ExecutionError as `batchOf` throws it
   */
  *add(columns: ColumnArrays): Generator<Batch, void, void> {
    const rows = assertColumns(columns, this.#schema, true);
    if (rows >= chunkRows) {
      yield* this.finish();
      yield batchOf(columns, this.#schema);
      return;
    }
    this.#append(columns, rows);
    if (this.#rows >= chunkRows) yield* this.finish();
  }

  /** What is left. */
  *finish(): Generator<Batch, void, void> {
    if (this.#rows === 0) return;
    const columns = this.#builders.map((builder) => builder.finish());
    const rows = this.#rows;
    this.#rows = 0;
    yield { rows, columns };
  }

  #append(columns: ColumnArrays, rows: number): void {
    if (this.#rows === 0) this.#builders = this.#schema.fields.map(({ type }) => vectorBuilder(type, chunkRows));
    this.#schema.fields.forEach(({ name }, index) => {
      const values = columns[name]!;
      const builder = this.#builders[index]!;
      const accept = this.#accept[index]!;
      for (let row = 0; row < rows; row++) builder.append(accept(values[row], row));
    });
    this.#rows += rows;
  }
}
