"""Records what Spark says of the programs of `programs.txt`: `schemas.json` and `errors.json`.

Run with a Python that has pyspark[connect] 4.2: `python test/answers/record-programs.py`. The programs run over Spark
Connect, since their columns know their DataFrames as Connect's do. An answer has the program and the columns of the
result, or the condition, the SQLSTATE and the message parameters of the error.
"""

import json
import pathlib
import re

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession, functions
from pyspark.sql.connect.column import Column
from pyspark.sql.connect.dataframe import DataFrame
from pyspark.sql.types import StructType
from pyspark.sql.window import Window

from recorder import null, text

FOLDER = pathlib.Path(__file__).parent
SETTINGS = {"spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC", "spark.log.level": "OFF"}
TABLES = json.loads((FOLDER / "program-tables.json").read_text(encoding="utf-8"))
METHODS = {
    "plus": Column.__add__, "minus": Column.__sub__, "multiply": Column.__mul__, "divide": Column.__truediv__,
    "mod": Column.__mod__, "negate": Column.__neg__, "gt": Column.__gt__, "geq": Column.__ge__, "lt": Column.__lt__,
    "leq": Column.__le__, "equalTo": Column.__eq__, "notEqual": Column.__ne__, "and_": Column.__and__,
    "or_": Column.__or__, "not_": Column.__invert__, "startsWith": Column.startswith, "endsWith": Column.endswith,
    "tryCast": Column.try_cast, "descNullsFirst": Column.desc_nulls_first, "bitwiseAnd": Column.bitwiseAND,
    "bitwiseOr": Column.bitwiseOR, "bitwiseXor": Column.bitwiseXOR,
}  # fmt: skip
WORDS = {"true": True, "false": False, "null": None, "Window": Window}


def python(program):
    """A program in Python's spelling: lambdas, and methods whose names are words of Python's."""
    program = re.sub(r"\.(and|or|not)\(", r".\1_(", program)
    return re.sub(r"\(([\w, ]+)\) => |(\w+) => ", lambda found: f"lambda {found[1] or found[2]}: ", program)


def camel(name):
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def names(spark):
    for name, method in METHODS.items():
        setattr(Column, name, method)
    DataFrame.col = lambda frame, name: frame[name]
    known = {camel(name): value for name, value in vars(functions).items() if callable(value)}
    known |= WORDS | {name: spark.createDataFrame([], ddl) for name, ddl in TABLES.items()}
    known["call"] = lambda name, *arguments: functions.call_function(name, *arguments)
    known["unpivot"] = lambda frame, *arguments: frame.unpivot(*arguments)
    known["unionWithMissing"] = lambda frame, other: frame.unionByName(other, allowMissingColumns=True)
    known["toSchema"] = lambda frame, ddl: frame.to(StructType.fromDDL(ddl))
    return known


def analysed(frame):
    """The schema as the server says it: the client makes up that of filters, sorts and others."""
    client = frame._session.client
    return client.schema(frame._plan.to_proto(client))


def answer(program, known):
    try:
        fields = analysed(eval(python(program), dict(known))).fields  # noqa: S307 (the programs are ours)
    except PySparkException as error:
        state = {"condition": error.getCondition(), "sqlState": error.getSqlState()}
        return {"program": program, **state, "parameters": error.getMessageParameters()}
    columns = [[field.name, text(field.dataType) + null(field.nullable)] for field in fields]
    return {"program": program, "columns": columns}


def write(name, answers):
    lines = ",\n".join(json.dumps(answer, ensure_ascii=False, sort_keys=True) for answer in answers)
    (FOLDER / name).write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def main():
    builder = SparkSession.builder.remote("local[1]")
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    known = names(builder.getOrCreate())
    lines = (FOLDER / "programs.txt").read_text(encoding="utf-8").splitlines()
    answers = [answer(line, known) for line in lines if line and not line.startswith("#")]
    write("schemas.json", [answer for answer in answers if "columns" in answer])
    write("errors.json", [answer for answer in answers if "columns" not in answer])


if __name__ == "__main__":
    main()
