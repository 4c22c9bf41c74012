"""Records Spark's answers to statements with values at the edges of types: `edges/<seed>.json`.

Run with a Python that has pyspark 4.2, the statements on standard input as JSON:
`node --conditions=lakewright:source test/conformance/edges/print.ts A | python test/answers/record-edges.py A`. An answer has
the statement with schema and rows as `services/protocol.ts` describes them, or the condition of its error (null where Spark has none).
The statements of a file `edges/<seed>.txt`, one a line, need no standard input. Answers that the file has are kept: remove it to
record all of them anew.
"""

import concurrent.futures
import json
import pathlib
import sys

from recorder import session

FOLDER = pathlib.Path(__file__).parent
sys.path.append(str(FOLDER.parent.parent / "services"))

from spark_answer import encode_frame  # noqa: E402 (its folder comes first)

AT_ONCE = 3


def answer(spark, sql):
    try:
        encoded = encode_frame(spark.sql(sql))
    except Exception as error:  # noqa: BLE001 (whatever Spark says is the answer)
        return {"sql": sql, "condition": error.getCondition() if hasattr(error, "getCondition") else None}
    return {"sql": sql, "schema": encoded["schema"], "rows": encoded["rows"]}


def main():
    seed = sys.argv[1]
    path = FOLDER / "edges" / f"{seed}.json"
    spark = session()
    spark.conf.set("spark.sql.timeType.enabled", "false")
    chosen = path.with_suffix(".txt")
    statements = chosen.read_text(encoding="utf-8").splitlines() if chosen.exists() else json.load(sys.stdin)
    known = {entry["sql"]: entry for entry in json.loads(path.read_text(encoding="utf-8"))} if path.exists() else {}
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda sql: known.get(sql) or answer(spark, sql), statements))
    written = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in answers)
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"[\n{written}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
