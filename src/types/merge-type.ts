import {
  type ArrayType,
  arrayType,
  type DataType,
  dayTimeIntervalType,
  doubleType,
  type MapType,
  mapType,
  type SpatialType,
  type StructType,
  structField,
  structType,
  type TypeKind,
  yearMonthIntervalType,
} from "./data-type.ts";
import { simpleString } from "./type-name.ts";
import { under, ValueFault } from "./value-fault.ts";

/**
 * The type that values of both types can be given. PySpark's `_merge_type`, but that numbers of different widths meet and
 * text meets nothing else.
 *
 * @param left - the type found so far
 * @param right - another
 * @throws ValueFault `CANNOT_MERGE_TYPE`
 */
export function mergeTypes(left: DataType, right: DataType): DataType {
  if (left === right || right.kind === "void") return left;
  if (left.kind === "void") return right;
  const merger = left.kind === right.kind ? nestedMergers[left.kind] : undefined;
  if (merger !== undefined) return merger(left as never, right as never);
  return left.kind === right.kind ? left : widerNumber(left, right);
}

const nestedMergers: Readonly<Partial<Record<TypeKind, (left: never, right: never) => DataType>>> = {
  array: (left: ArrayType, right: ArrayType) => arrayType(under("[]", () => mergeTypes(left.element, right.element))),
  map: (left: MapType, right: MapType) => {
    const key = under(" key", () => mergeTypes(left.key, right.key));
    return mapType(
      key,
      under(" value", () => mergeTypes(left.value, right.value)),
    );
  },
  struct: mergeStructs,
  geometry: mergeShapes,
  geography: mergeShapes,
  // Intervals of other units are shown with all units; the values are the same.
  "day-time interval": () => dayTimeIntervalType(),
  "year-month interval": () => yearMonthIntervalType(),
};

function mergeStructs(left: StructType, right: StructType): StructType {
  const types = new Map(left.fields.map(({ name, type }) => [name, type]));
  for (const { name, type } of right.fields) {
    const known = types.get(name);
    types.set(name, known === undefined ? type : under(`.${name}`, () => mergeTypes(known, type)));
  }
  return structType([...types].map(([name, type]) => structField(name, type)));
}

function mergeShapes(left: SpatialType, right: SpatialType): SpatialType {
  return left.srid === right.srid ? left : { kind: left.kind, srid: "any" };
}

const integers: readonly TypeKind[] = ["tinyint", "smallint", "int", "bigint"];
const fractions: readonly TypeKind[] = ["float", "double"];

function widerNumber(left: DataType, right: DataType): DataType {
  const [one, other] = [integers.indexOf(left.kind), integers.indexOf(right.kind)];
  if (one >= 0 && other >= 0) return one > other ? left : right;
  const numbers = [...integers, ...fractions];
  if (numbers.includes(left.kind) && numbers.includes(right.kind)) return doubleType;
  throw conflict(left, right);
}

function conflict(left: DataType, right: DataType): ValueFault {
  const [one, other] = [simpleString(left), simpleString(right)];
  return new ValueFault(`Can not merge type \`${one}\` and \`${other}\``, {
    condition: "CANNOT_MERGE_TYPE",
    sqlState: "42K09",
    parameters: { data_type1: one, data_type2: other },
    hint: hintFor(left, right),
  });
}

function hintFor(left: DataType, right: DataType): string {
  if (left.kind !== "decimal" && right.kind !== "decimal") return "Make the values of one type, or state a schema.";
  return "Numbers and decimals do not mix: make all of them Decimal.of(…), or state a schema.";
}
