/** Histograms of checksums: how many files there are of each size, and with how many deleted rows. */

/** Files by their size. */
export interface FileSizeHistogram {
  /** Where each bin begins, in bytes; the last one has no end. */
  readonly sortedBinBoundaries: readonly number[];
  readonly fileCounts: readonly number[];
  /** What the files of each bin come to. */
  readonly totalBytes: readonly number[];
}

/** Files by how many of their rows are deleted. */
export interface DeletedRecordCountsHistogram {
  readonly deletedRecordCounts: readonly number[];
}

const mebibyte = 1024 * 1024;

/** Numbers from one to another, the last one too. */
const steps = (from: number, to: number, by: number): readonly number[] =>
  Array.from({ length: (to - from) / by + 1 }, (_, index) => from + index * by);

/** The bins of Delta Lake: fine where files usually end, around 128 MiB, 512 MiB and 1 GiB. */
const sizeBins: readonly number[] = [
  0,
  ...steps(13, 22, 1).map((exponent) => 2 ** exponent),
  ...[
    ...steps(8, 40, 4),
    ...steps(48, 120, 8),
    ...steps(124, 144, 4),
    ...steps(160, 576, 16),
    ...steps(640, 1408, 64),
    ...steps(1536, 2048, 128),
    ...steps(2304, 4096, 256),
  ].map((size) => size * mebibyte),
  ...steps(33, 38, 1).map((exponent) => 2 ** exponent),
];

/** None, then by powers of ten, then what does not fit in 32 bits. */
const deletedBins: readonly number[] = [0, ...steps(0, 7, 1).map((exponent) => 10 ** exponent), 2 ** 31 - 1];

/** Counts files into bins, in and out. */
export class FileHistograms {
  readonly #sizes: { readonly bins: readonly number[]; readonly counts: number[]; readonly bytes: number[] };
  readonly #deleted: number[];

  /** @param sizes - what to go on from, whose bins are kept */
  constructor(sizes?: FileSizeHistogram, deleted?: DeletedRecordCountsHistogram) {
    const bins = sizes?.sortedBinBoundaries ?? sizeBins;
    const none = (): number[] => bins.map(() => 0);
    this.#sizes = { bins, counts: [...(sizes?.fileCounts ?? none())], bytes: [...(sizes?.totalBytes ?? none())] };
    this.#deleted = [...(deleted?.deletedRecordCounts ?? deletedBins.map(() => 0))];
  }

  get sizes(): FileSizeHistogram {
    const { bins, counts, bytes } = this.#sizes;
    return { sortedBinBoundaries: bins, fileCounts: counts, totalBytes: bytes };
  }

  get deleted(): DeletedRecordCountsHistogram {
    return { deletedRecordCounts: this.#deleted };
  }

  /**
   * @param size - of a file in bytes
   * @param deleted - how many of its rows are deleted
   * @param times - 1 for a file that came, -1 for one that went
   */
  count(size: number, deleted: number, times: 1 | -1): void {
    const { bins, counts, bytes } = this.#sizes;
    const bin = binOf(size, bins);
    counts[bin]! += times;
    bytes[bin]! += times * size;
    this.#deleted[binOf(deleted, deletedBins)]! += times;
  }
}

const binOf = (value: number, bins: readonly number[]): number => bins.findLastIndex((start) => start <= value);
