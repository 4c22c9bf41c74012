"""Records what Spark's analyzer says of functions: each call of `coercion/calls.txt` with every type in every place.

Run with a Python that has pyspark 4.2: `python test/answers/record-functions.py`. For each call: its result, the result
with each argument nullable, and for each argument the results by the types that give them (`!CONDITION` for errors), with
the types to which the argument was cast where Spark's expression shows them.
"""

import collections
import json
import pathlib
import sys

from recorder import Recorder, session

FOLDER = pathlib.Path(__file__).parent / "coercion"
TYPES = [
    *["void", "boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "decimal(10,2)", "decimal(38,18)"],
    *["string", "binary", "date", "timestamp", "timestamp_ntz", "time(6)"],
    *["interval day to second", "interval year to month", "interval"],
    *["array<int>", "array<int not null>", "array<bigint>", "array<string>", "array<array<int>>"],
    *["array<struct<a:string,b:int>>", "map<string,int>", "map<string,int not null>", "map<int,string>"],
    *["struct<a:int,b:string>", "variant", "array<float>"],
]
# The expressions around a call, and what they call it.
INNER = {"Alias": "child", "AggregateExpression": "aggregateFunction", "WindowExpression": "windowFunction"}
COLUMNS = {ddl: f"c{index}" for index, ddl in enumerate(TYPES)}


def parse(line):
    """`name(int, 'x') OVER` as its name, arguments and whether it is a window function."""
    call, over = line.removesuffix(" OVER"), line.endswith(" OVER")
    name, rest = call.split("(", 1)
    arguments, depth, quoted, current = [], 0, False, ""
    for character in rest[:-1]:
        quoted ^= character == "'"
        depth += (character in "(<") - (character in ")>" and not current.endswith("-"))
        if character == "," and depth == 0 and not quoted:
            arguments.append(current.strip())
            current = ""
        else:
            current += character
    if current.strip():
        arguments.append(current.strip())
    return name, arguments, over


def query(name, arguments, over):
    columns = [COLUMNS.get(argument.removesuffix("?"), argument) for argument in arguments]
    nullable = ["_" if argument.endswith("?") else "" for argument in arguments]
    listed = ", ".join(column + mark for column, mark in zip(columns, nullable))
    return f"SELECT {name}({listed}){' OVER (ORDER BY c4)' if over else ''} FROM t"


def cast_type(expressions, index, count):
    """The type of an argument after Spark's casts, where the analysed expression still shows its arguments."""
    if expressions is None:
        return None
    node = expressions.apply(0)
    while (inner := INNER.get(node.getClass().getSimpleName())) is not None:
        node = getattr(node, inner)()
    children = node.children()
    return children.apply(index).dataType().simpleString() if children.size() == count else None


def record(recorder, line):
    name, arguments, over = parse(line)
    base = recorder.ask(query(name, arguments, over))
    nullable, by_type, casts = [], [], []
    for index, argument in enumerate(arguments):
        if argument not in COLUMNS:
            nullable.append(None)
            by_type.append(None)
            casts.append(None)
            continue
        replaced = [*arguments]
        replaced[index] = f"{argument}?"
        nullable.append(recorder.ask(query(name, replaced, over)))
        results, targets = collections.defaultdict(list), collections.defaultdict(list)
        for ddl in TYPES:
            replaced[index] = ddl
            answer, expressions = recorder.analyse(query(name, replaced, over))
            results[answer].append(COLUMNS[ddl])
            target = cast_type(expressions, index, len(arguments))
            if target is not None:
                targets[target].append(COLUMNS[ddl])
        by_type.append({answer: " ".join(columns) for answer, columns in results.items()})
        casts.append({target: " ".join(columns) for target, columns in targets.items()})
    return {"call": line, "result": base, "nullable": nullable, "types": by_type, "casts": casts}


def main():
    recorder = Recorder(session())
    recorder.table("t", [(column + mark, ddl, mark == "_") for ddl, column in COLUMNS.items() for mark in ("", "_")])
    lines = (FOLDER / "calls.txt").read_text(encoding="utf-8").splitlines()
    wanted = set(sys.argv[1:])
    path = FOLDER / "functions.json"
    known = {answer["call"]: answer for answer in json.loads(path.read_text())["calls"]} if wanted and path.exists() else {}
    calls = [
        known[line] if line in known and parse(line)[0] not in wanted else record(recorder, line) for line in lines
    ]
    answers = {"types": TYPES, "calls": calls}
    path.write_text(json.dumps(answers, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
