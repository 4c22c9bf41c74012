"""Records what real Spark makes of the programs in `results/*.txt`: `results/<topic>.json`.

Run with a Python that has pyspark 4.2: `python test/answers/record-results.py [topic …]`. A program is a line that means
the same in TypeScript and in Python; `results/tables.json` has the tables it names, whose columns of type BIGINT, DOUBLE, DECIMAL,
DATE, TIMESTAMP and BINARY are given as text. An answer has the program with its columns and rows, or the condition of its
error.
"""

import datetime
import decimal
import json
import math
import os
import pathlib
import re
import sys
import time

os.environ["TZ"] = "UTC"
time.tzset()

from pyspark.sql import Column, functions  # noqa: E402
from pyspark.sql.types import Geography, Geometry  # noqa: E402
from pyspark.sql.window import Window  # noqa: E402
from recorder import condition, null, session, text  # noqa: E402

FOLDER = pathlib.Path(__file__).parent / "results"
METHODS = {
    "plus": Column.__add__, "minus": Column.__sub__, "multiply": Column.__mul__, "divide": Column.__truediv__,
    "mod": Column.__mod__, "negate": Column.__neg__, "gt": Column.__gt__, "geq": Column.__ge__, "lt": Column.__lt__,
    "leq": Column.__le__, "equalTo": Column.__eq__, "notEqual": Column.__ne__, "and_": Column.__and__,
    "or_": Column.__or__, "not_": Column.__invert__, "startsWith": Column.startswith, "endsWith": Column.endswith,
    "tryCast": Column.try_cast,
    "bitwiseAnd": Column.bitwiseAND, "bitwiseOr": Column.bitwiseOR, "bitwiseXor": Column.bitwiseXOR, "ascNullsFirst": Column.asc_nulls_first, "ascNullsLast": Column.asc_nulls_last,
    "descNullsFirst": Column.desc_nulls_first, "descNullsLast": Column.desc_nulls_last,
}  # fmt: skip
# Methods of DataFrames whose parameters Python names and TypeScript groups.
OPTIONS = re.compile(r"\{ ?((?:\w+: [^{}]+?)) ?\}")
GIVEN_AS_TEXT = ("bigint", "double", "float", "decimal", "date", "timestamp", "binary")


def python(program):
    """A program in Python's spelling: lambdas, options, and methods whose names are words of Python's."""
    program = re.sub(r"\.(and|or|not)\(", r".\1_(", program)
    program = re.sub(r"\(([\w, ]+)\) => |(\w+) => ", lambda found: f"lambda {found[1] or found[2]}: ", program)
    return OPTIONS.sub(lambda found: "**dict(" + re.sub(r"(\w+): ", r"\1=", found[1]) + ")", program)


def camel(name):
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def table(spark, schema, rows):
    fields = re.findall(r"(\w+) ((?:[^,(<]|\([^)]*\)|<[^>]*>)+)", schema)
    raw = ", ".join(f"{name} {'STRING' if kind.lower().startswith(GIVEN_AS_TEXT) else kind}" for name, kind in fields)
    frame = spark.createDataFrame([tuple(row) for row in rows], raw)
    return frame.select([functions.col(name).cast(kind).alias(name) for name, kind in fields])


def names(spark):
    for name, method in METHODS.items():
        setattr(Column, name, method)
    type(spark.range(1)).joinAsOf = join_as_of
    for name, method in vars(type(spark.tvf)).copy().items():
        setattr(type(spark.tvf), camel(name), method)
    known = {camel(name): value for name, value in vars(functions).items() if callable(value)}
    known |= {"true": True, "false": False, "null": None, "Window": Window, "spark": spark}
    known["call"] = lambda name, *arguments: functions.call_function(name, *arguments)
    tables = json.loads((FOLDER / "tables.json").read_text(encoding="utf-8"))
    return known | {name: table(spark, entry["schema"], entry["rows"]) for name, entry in tables.items()}


def join_as_of(left, right, left_as_of, right_as_of, **options):
    given = {"on": None, "how": "inner", "tolerance": None, "allowExactMatches": True, "direction": "backward", **options}
    return left._joinAsOf(right, left_as_of, right_as_of, **given)


def value(held):
    if isinstance(held, bool) or held is None or isinstance(held, str):
        return held
    if isinstance(held, int):
        return held if abs(held) < 2**53 else str(held)
    if isinstance(held, float):
        return held if math.isfinite(held) else {"inf": "Infinity", "-inf": "-Infinity"}.get(str(held), "NaN")
    return nested(held)


def nested(held):
    if isinstance(held, datetime.datetime):
        return held.isoformat(sep=" ", timespec="microseconds")
    if isinstance(held, datetime.date):
        return held.isoformat()
    if isinstance(held, datetime.timedelta):
        return f"us:{held // datetime.timedelta(microseconds=1)}"
    if isinstance(held, decimal.Decimal):
        return f"{held:f}"
    if isinstance(held, (bytes, bytearray)):
        return f"hex:{held.hex()}"
    if isinstance(held, (Geometry, Geography)):
        return f"{type(held).__name__}({bytes(held.wkb).hex()}, {held.srid})"
    if isinstance(held, dict):
        return {"map": [[value(key), value(item)] for key, item in held.items()]}
    if hasattr(held, "__fields__"):
        return {name: value(item) for name, item in zip(held.__fields__, held)}
    return [value(item) for item in held]


def answer(program, known):
    try:
        frame = eval(python(program), known)  # noqa: S307 (our own programs)
        columns = [f"{field.name}: {text(field.dataType)}{null(field.nullable)}" for field in frame.schema.fields]
        return {"program": program, "columns": columns, "rows": [[value(held) for held in row] for row in frame.collect()]}
    except Exception as error:  # noqa: BLE001 (whatever Spark says is the answer)
        found = condition(error)
        return {"program": program, "condition": found if found != "UNKNOWN" else f"UNKNOWN: {str(error).splitlines()[0][:200]}"}


def main():
    spark = session()
    spark.conf.set("spark.sql.shuffle.partitions", "1")
    known = names(spark)
    for path in sorted(FOLDER.rglob("*.txt")):
        if len(sys.argv) > 1 and path.stem not in sys.argv[1:]:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        answers = [answer(line, known) for line in lines if line.strip() and not line.startswith("#")]
        written = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in answers)
        path.with_suffix(".json").write_text(f"[\n{written}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
