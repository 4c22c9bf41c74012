"""What the recorders of this folder share: a Spark session, views without rows, and the names of types.

The session is one of this process, or that of a server whose address is in the environment: `SPARK_REMOTE=sc://host:port`.
"""

import logging
import os

from pyspark.sql import SparkSession
from pyspark.sql.types import ArrayType, MapType, StructField, StructType

IS_REMOTE = "SPARK_REMOTE" in os.environ


def session():
    logging.disable(logging.CRITICAL)
    builder = SparkSession.builder
    if not IS_REMOTE:
        builder = builder.master("local[1]").config("spark.ui.enabled", "false").config("spark.log.level", "OFF")
    spark = builder.getOrCreate()
    for key, value in {"spark.sql.session.timeZone": "UTC", "spark.sql.timeType.enabled": "true"}.items():
        spark.conf.set(key, value)
    return spark


class Recorder:
    def __init__(self, spark):
        self.spark = spark

    def type(self, ddl):
        """The type of a DDL string in which `not null` may also stand after the element of an array or map."""
        query = f"SELECT CAST(NULL AS {ddl.replace(' not null', '')}) AS value"
        found = self.spark.sql(query).schema["value"].dataType
        if ddl.startswith("array<") and ddl.endswith(" not null>"):
            found.containsNull = False
        if ddl.startswith("map<") and ddl.endswith(" not null>"):
            found.valueContainsNull = False
        return found

    def table(self, name, columns):
        """A view without rows: `columns` are (name, type, nullable)."""
        fields = [StructField(column, self.type(ddl), nullable) for column, ddl, nullable in columns]
        self.spark.createDataFrame([], StructType(fields)).createOrReplaceTempView(name)

    def ask(self, query):
        """The schema of a query, or the condition of the error."""
        return self.analyse(query)[0]

    def analyse(self, query):
        """The schema of a query and its first expression as Spark's analyzer leaves it, which a server does not tell."""
        try:
            frame = self.spark.sql(query)
            fields = frame.schema.fields
        except Exception as error:  # noqa: BLE001 (whatever Spark says is the answer)
            return "!" + condition(error), None
        answer = "; ".join(text(field.dataType) + ("?" if field.nullable else "") for field in fields)
        return answer, None if IS_REMOTE else frame._jdf.queryExecution().analyzed().expressions()


def condition(error):
    for source in (error, getattr(error, "java_exception", None)):
        found = source.getCondition() if hasattr(source, "getCondition") else None
        if found:
            return found.removeprefix("DATATYPE_MISMATCH.")
    return "UNKNOWN"


def text(type):
    """The name of a type that also says what may hold null."""
    if isinstance(type, ArrayType):
        return f"array<{text(type.elementType)}{null(type.containsNull)}>"
    if isinstance(type, MapType):
        return f"map<{text(type.keyType)},{text(type.valueType)}{null(type.valueContainsNull)}>"
    if isinstance(type, StructType):
        return f"struct<{','.join(f'{f.name}:{text(f.dataType)}{null(f.nullable)}' for f in type.fields)}>"
    return type.simpleString()


def null(nullable):
    return "" if nullable else " not null"
