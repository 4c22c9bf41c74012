"""Turns data frames and errors into JSON that says exactly what Spark answered."""

import datetime
import math

from pyspark import SparkContext
from pyspark.errors import PySparkException
from pyspark.sql import functions as F
from pyspark.sql import types as T
from py4j.java_gateway import is_instance_of

SAFE_INTEGER = 2**53 - 1
MICROSECONDS_A_DAY = 86_400_000_000
DAYS_OF_400_YEARS = 146_097

# Python's date types end at the year 9999, apply the machine's zone and know no year-month intervals, so these types
# leave Spark as integers or text. UNIX_MICROS ignores the session zone.
CARRIERS = {
    T.DateType: F.unix_date,
    T.TimestampType: F.unix_micros,
    T.TimestampNTZType: lambda column: column.cast("string"),
    T.TimeType: lambda column: column.cast("string"),
    T.YearMonthIntervalType: lambda column: column.cast("interval month").cast("int"),
    T.CalendarIntervalType: lambda column: column.cast("string"),
    T.VariantType: F.to_json,
}


def encode_frame(frame):
    """The schema and all rows of a data frame, each row a list in column order."""
    fields = frame.schema.fields
    carried = [carry(F.col(f"c{index}"), field.dataType) for index, field in enumerate(fields)]
    positional = frame.toDF(*(f"c{index}" for index in range(len(fields))))
    rows = (positional.select(*carried) if fields else positional).collect()
    types = [field.dataType for field in fields]
    return {
        "schema": [[field.name, field.dataType.simpleString(), field.nullable] for field in fields],
        "schemaJson": frame.schema.jsonValue(),
        "rows": [[encode(value, type_) for value, type_ in zip(row, types)] for row in rows],
    }


def carry(column, type_):
    """The column in a form that Python holds exactly; maps become entry lists, which keeps their order."""
    if not needs_carrier(type_):
        return column
    if isinstance(type_, T.ArrayType):
        return F.transform(column, lambda item: carry(item, type_.elementType))
    if isinstance(type_, T.MapType):
        entries = {"key": type_.keyType, "value": type_.valueType}
        return F.transform(
            F.map_entries(column),
            lambda entry: F.struct(*(carry(entry[name], inner).alias(name) for name, inner in entries.items())),
        )
    if isinstance(type_, T.StructType):
        parts = [carry(column.getField(field.name), field.dataType).alias(field.name) for field in type_.fields]
        return F.when(column.isNotNull(), F.struct(*parts))
    return CARRIERS[type(type_)](column)


def needs_carrier(type_):
    if isinstance(type_, T.ArrayType):
        return needs_carrier(type_.elementType)
    if isinstance(type_, T.StructType):
        return any(needs_carrier(field.dataType) for field in type_.fields)
    return isinstance(type_, T.MapType) or type(type_) in CARRIERS


def encode(value, type_):
    if value is None:
        return None
    if isinstance(type_, T.ArrayType):
        return [encode(item, type_.elementType) for item in value]
    if isinstance(type_, T.StructType):
        return {field.name: encode(item, field.dataType) for field, item in zip(type_.fields, value)}
    if isinstance(type_, T.MapType):
        return {"map": [[encode(key, type_.keyType), encode(item, type_.valueType)] for key, item in value]}
    if isinstance(type_, T.DecimalType):
        # On its way to Python a decimal gains and loses trailing zeros, and `str` may write an exponent.
        return f"{value:.{type_.scale}f}"
    return ENCODERS.get(type(type_), lambda plain: plain)(value)


def encode_long(value):
    return value if abs(value) <= SAFE_INTEGER else str(value)


def encode_floating(value):
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def encode_date(days):
    """`2025-02-01`; the calendar repeats every 400 years, which carries it beyond Python's years."""
    cycles, within = divmod(days + datetime.date(1970, 1, 1).toordinal() - 1, DAYS_OF_400_YEARS)
    date = datetime.date.fromordinal(within + 1)
    year = date.year + 400 * cycles
    sign = "+" if year > 9999 else "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{date.month:02d}-{date.day:02d}"


def encode_timestamp(microseconds):
    days, time = divmod(microseconds, MICROSECONDS_A_DAY)
    seconds, fraction = divmod(time, 1_000_000)
    clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{fraction:06d}"
    return f"{encode_date(days)} {clock}"


def with_microseconds(text):
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction:0<6}"


ENCODERS = {
    T.LongType: encode_long,
    T.FloatType: encode_floating,
    T.DoubleType: encode_floating,
    T.BinaryType: lambda value: "hex:" + bytes(value).hex(),
    T.DateType: encode_date,
    T.TimestampType: encode_timestamp,
    T.TimestampNTZType: with_microseconds,
    T.TimeType: with_microseconds,
    T.DayTimeIntervalType: lambda value: f"us:{value // datetime.timedelta(microseconds=1)}",
    T.YearMonthIntervalType: lambda value: f"months:{value}",
}


def encode_error(error):
    """The outermost error that Spark has a condition for, and the conditions below it, outermost first."""
    named = list(named_java_errors(error))
    if named:
        utils = SparkContext._jvm.PythonErrorUtils
        return {
            "condition": utils.getCondition(named[0]),
            "sqlState": utils.getSqlState(named[0]),
            "parameters": dict(utils.getMessageParameters(named[0])),
            "message": named[0].getMessage(),
            "causes": [utils.getCondition(inner) for inner in named[1:]],
        }
    own = error if isinstance(error, PySparkException) else None
    return {
        "condition": own.getCondition() if own else None,
        "sqlState": own.getSqlState() if own else None,
        "parameters": (own.getMessageParameters() if own else None) or {},
        "message": f"{type(error).__name__}: {error}",
        "causes": [],
    }


def named_java_errors(error):
    java = getattr(error, "_origin", None) or getattr(error, "java_exception", None)
    while java is not None:
        is_spark = is_instance_of(SparkContext._gateway, java, "org.apache.spark.SparkThrowable")
        if is_spark and SparkContext._jvm.PythonErrorUtils.getCondition(java):
            yield java
        java = java.getCause()
