/** The rows of a snapshot together with where each lies: the number of its file, and its own number in the file. */
import type { AddFile } from "../../../delta/actions.ts";
import { type FileChunk, rowsIn, withRows } from "../../../delta/file-chunk.ts";
import { fileIds, rowIds } from "../../../delta/row-ids.ts";
import { listedFiles } from "../../../delta/scan.ts";
import type { Snapshot } from "../../../delta/snapshot.ts";
import { addsOf } from "../../../delta/write/file-actions.ts";
import type { LeafFilters } from "../../../plan/leaf-filters.ts";
import type { FileGroup, ListedColumn, ListedFiles } from "../../../plan/listed-files.ts";
import type { DeltaTables } from "../../tables/delta/delta-tables.ts";
import { ListedSource } from "../../tables/listed-source.ts";
import { wantedFiles } from "../generated-partitions.ts";
import { fileColumn, rowColumn, rowIdColumn, rowVersionColumn } from "./row-columns.ts";

/** Files by their numbers, which are the same for every look at a snapshot. */
export class NumberedFiles extends ListedSource {
  readonly #snapshot: Snapshot;
  readonly #tables: DeltaTables;
  readonly #timeZone: string;
  readonly #only: ReadonlySet<number> | undefined;
  readonly #firstOf: ReadonlyMap<FileChunk["batch"], number>;
  #looked = new Set<number>();

  /** @param only - the files that are read; without it, all that may hold rows that are asked for */
  constructor(snapshot: Snapshot, tables: DeltaTables, timeZone: string, only?: ReadonlySet<number>) {
    super();
    this.#snapshot = snapshot;
    this.#tables = tables;
    this.#timeZone = timeZone;
    this.#only = only;
    let next = 0;
    this.#firstOf = new Map(
      snapshot.chunks.map(({ batch }) => {
        const first = next;
        next += batch.rows;
        return [batch, first];
      }),
    );
  }

  /** The files that were read so far, by number. */
  get looked(): ReadonlySet<number> {
    return this.#looked;
  }

  override async list(filters: LeafFilters = []): Promise<ListedFiles> {
    const chunks =
      this.#only === undefined ? await wantedFiles(this.#snapshot, filters, this.#timeZone) : this.#picked(this.#only);
    const numbers = chunks.flatMap((chunk) => this.#numbersOf(chunk));
    for (const number of numbers) this.#looked.add(number);
    const { storage } = this.#tables.handlers;
    const { groups } = await listedFiles(this.#snapshot, chunks, { storage, timeZone: this.#timeZone });
    const ids = chunks.flatMap(fileIds);
    let file = 0;
    return { groups: groups.map((group) => this.#withPlaces(group, () => [numbers[file]!, ...ids[file++]!])) };
  }

  /** The files of some numbers, or all, as the log has them, in the order of the numbers. */
  async adds(numbers?: Iterable<number>): Promise<ReadonlyMap<number, AddFile>> {
    const chunks = numbers === undefined ? this.#snapshot.chunks : this.#picked(new Set(numbers));
    const files = await Array.fromAsync(addsOf(this.#snapshot, chunks));
    return new Map(chunks.flatMap((chunk) => this.#numbersOf(chunk)).map((number, index) => [number, files[index]!]));
  }

  #withPlaces({ files, columns }: FileGroup, placeOf: () => readonly unknown[]): FileGroup {
    const at = files[0]?.values.length ?? 0;
    const placed = files.map((file) => ({ ...file, values: [...file.values, ...placeOf()] }));
    return { files: placed, columns: new Map([...columns, ...this.#placeColumns(at)]) };
  }

  #placeColumns(at: number): readonly (readonly [string, ListedColumn])[] {
    const ids = rowIds(this.#snapshot.metadata, at + 1);
    return [
      [fileColumn, { from: "list", index: at }],
      [rowColumn, { from: "position" }],
      ...(ids === undefined ? [] : [[rowIdColumn, ids.id] as const, [rowVersionColumn, ids.version] as const]),
    ];
  }

  #numbersOf(chunk: FileChunk): readonly number[] {
    const first = this.#firstOf.get(chunk.batch)!;
    return Array.from(rowsIn(chunk), (row) => first + row);
  }

  #picked(numbers: ReadonlySet<number>): readonly FileChunk[] {
    return this.#snapshot.chunks
      .map((chunk) => {
        const first = this.#firstOf.get(chunk.batch)!;
        return withRows(
          chunk,
          rowsIn(chunk).filter((row) => numbers.has(first + row)),
        );
      })
      .filter(({ rows }) => rows!.length > 0);
  }
}
