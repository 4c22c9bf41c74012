/** delta-rs: what it reads in a table, and rows that it appends. */
import type { SparkPeer } from "../../../services/client.ts";
import { type Outcome, sparkOutcome } from "../outcome.ts";

// Views of texts are a form in which Spark takes no columns.
const READ = `
import deltalake, pyarrow
query = deltalake.QueryBuilder().register("t", deltalake.DeltaTable(path)).execute("SELECT * FROM t")
table = pyarrow.table(query.read_all())
views = {pyarrow.string_view(): pyarrow.string(), pyarrow.binary_view(): pyarrow.binary()}
def plain(type):
    if pyarrow.types.is_struct(type):
        return pyarrow.struct([field.with_type(plain(field.type)) for field in type])
    return views.get(type, type)
columns = pyarrow.schema([field.with_type(plain(field.type)) for field in table.schema])
result = spark.createDataFrame(table.cast(columns))
`;

const APPEND = `
import deltalake
deltalake.write_deltalake(path, spark.sql(row).toArrow(), mode="append")
result = spark.range(0)
`;

/** The rows of a table as delta-rs reads them; its schema says of all columns that they may be null. */
export async function readByDeltaRs(peer: SparkPeer, path: string): Promise<Outcome> {
  return sparkOutcome(await peer.attempt({ op: "python", code: READ, given: { path } }));
}

/**
 * Appends the rows of a query of Spark.
 *
 * @returns what delta-rs refused, or nothing
 */
export async function appendByDeltaRs(peer: SparkPeer, path: string, row: string): Promise<string | undefined> {
  const outcome = await peer.attempt({ op: "python", code: APPEND, given: { path, row } });
  return "error" in outcome ? outcome.error.message : undefined;
}
