"""Records what Spark's analyzer says when types meet: operators over every pair of types, decimals, casts.

Run with a Python that has pyspark 4.2: `python test/answers/record-coercion.py`. Nothing is executed: the schemas of the
analysed queries are the answers. A result is written `type`, `type?` when nullable, or `!CONDITION`.
"""

import json
import pathlib

from recorder import Recorder, session

FOLDER = pathlib.Path(__file__).parent / "coercion"
TYPES = [
    "void",
    "boolean",
    "tinyint",
    "smallint",
    "int",
    "bigint",
    "float",
    "double",
    "decimal(10,2)",
    "decimal(38,18)",
    "decimal(38,0)",
    "string",
    "binary",
    "date",
    "timestamp",
    "timestamp_ntz",
    "time(6)",
    "interval day to second",
    "interval hour to minute",
    "interval year to month",
    "interval",
    "array<int>",
    "array<string>",
    "map<string,int>",
    "struct<a:int>",
    "variant",
]
PAIRS = {
    "+": "{0} + {1}",
    "-": "{0} - {1}",
    "*": "{0} * {1}",
    "/": "{0} / {1}",
    "%": "{0} % {1}",
    "div": "{0} div {1}",
    "=": "{0} = {1}",
    "<=>": "{0} <=> {1}",
    "<": "{0} < {1}",
    "&": "{0} & {1}",
    "AND": "{0} AND {1}",
    "||": "{0} || {1}",
    "in": "{0} IN ({1})",
    "coalesce": "coalesce({0}, {1})",
    "if": "if(true, {0}, {1})",
    "array": "array({0}, {1})",
    "greatest": "greatest({0}, {1})",
    "union": "UNION",
}
LITERALS = [
    "{0} + 1",
    "{0} * 7",
    "7 * {0}",
    "{0} / 3",
    "{0} % 1000",
    "{0} - 9223372036854775807",
    "{0} = 1",
    "{0} div 2",
]
DECIMALS = ["decimal(10,2)", "decimal(38,18)", "decimal(5,5)", "decimal(38,0)"]


def write(name, answers):
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / name
    lines = json.dumps(answers, indent=1, ensure_ascii=False)
    path.write_text(lines + "\n", encoding="utf-8")


def record_pairs(recorder):
    recorder.table("t", [(f"c{index}", ddl, False) for index, ddl in enumerate(TYPES)])
    answers = {}
    for operator, form in PAIRS.items():
        answers[operator] = {
            left: grouped([recorder.ask(pair_query(form, i, j)) for j in range(len(TYPES))])
            for i, left in enumerate(TYPES)
        }
    write("pairs.json", {"types": TYPES, "answers": answers})


def grouped(answers):
    """The positions in `TYPES` of the right sides, by their answer."""
    groups = {}
    for position, answer in enumerate(answers):
        groups.setdefault(answer, []).append(str(position))
    return {answer: " ".join(positions) for answer, positions in groups.items()}


def pair_query(form, left, right):
    if form == "UNION":
        return f"SELECT c{left} FROM t UNION ALL SELECT c{right} FROM t"
    return f"SELECT {form.format(f'c{left}', f'c{right}')} FROM t"


def record_literals(recorder):
    types = [*TYPES[2:8], *DECIMALS]
    recorder.table("t", [(f"c{index}", ddl, False) for index, ddl in enumerate(types)])
    answers = {
        form: {ddl: recorder.ask(f"SELECT {form.format(f'c{index}')} FROM t") for index, ddl in enumerate(types)}
        for form in LITERALS
    }
    pairs = {}
    for i, left in enumerate(types):
        for j, right in enumerate(types):
            if "decimal" in left or "decimal" in right:
                pairs[f"{left} {right}"] = {
                    op: recorder.ask(f"SELECT {form.format(f'c{i}', f'c{j}')} FROM t")
                    for op, form in list(PAIRS.items())[:6]
                }
    write("decimals.json", {"literals": answers, "pairs": pairs})


def record_casts(recorder):
    rules = recorder.spark._jvm.org.apache.spark.sql.catalyst.expressions.Cast
    nested = ["array<boolean>", "map<string,string>", "map<int,int>", "struct<b:string>", "struct<a:int,b:int>"]
    names = [*TYPES, *nested]
    types = [recorder.types.fromDDL(ddl) for ddl in names]
    checks = {
        "ansi": rules.canAnsiCast,
        "try": rules.canTryCast,
        "store": rules.canANSIStoreAssign,
        "may give null": rules.forceNullable,
    }
    answers = {
        check: {
            ddl: "".join("x" if ask(source, target) else "." for target in types) for ddl, source in zip(names, types)
        }
        for check, ask in checks.items()
    }
    write("casts.json", {"types": names, "answers": answers})


def main():
    recorder = Recorder(session())
    for record in (record_pairs, record_literals, record_casts):
        record(recorder)


if __name__ == "__main__":
    main()
