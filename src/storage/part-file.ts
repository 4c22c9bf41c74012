/** The names of data files. */

/** What names a data file. */
export interface PartFile {
  /** The id of the write that the file belongs to, which makes its name unlike that of any other write. */
  readonly writeId: string;
  /** Which of the tasks that write at the same time, from 0. */
  readonly task: number;
  /** Which of the files of the task (one a partition and `maxRecordsPerFile` rows), from 0. */
  readonly counter?: number;
  /** The format with its compression: `snappy.parquet`, `json`, `csv.gz`. */
  readonly extension: string;
  /** Whether the file lies in a partition folder. */
  readonly partitioned?: boolean;
  /** The bucket whose rows the file has, from 0. */
  readonly bucket?: number;
}

/**
 * The name that Spark gives a data file (`HadoopMapReduceCommitProtocol.getFilename`).
 *
 * @param file - what the file is
 * @example
 * ```ts
 * partFileName({ writeId: writer.writeId, task: 0, extension: "snappy.parquet" });
 * // part-00000-e3044b17-f719-491d-b138-00c7b66f70a7-c000.snappy.parquet
 * ```
 */
export function partFileName({ writeId, task, counter = 0, extension, partitioned = false, bucket }: PartFile): string {
  const separator = partitioned || bucket !== undefined ? "." : "-";
  const ofBucket = bucket === undefined ? "" : `_${digits(bucket, 5)}`;
  return `part-${digits(task, 5)}-${writeId}${ofBucket}${separator}c${digits(counter, 3)}.${extension}`;
}

const digits = (number: number, width: number): string => String(number).padStart(width, "0");
