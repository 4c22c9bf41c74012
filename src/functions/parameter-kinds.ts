/**
 * The rules of parameters as the compiler knows them: which kinds each takes. `parameter-rules.ts` is the analyzer's side,
 * and has the same keys. Where Spark would cast text to something else, the compiler asks for the cast to be written.
 */
import type {
  ArrayOf,
  Integral as Integers,
  Intervals,
  MapOf,
  Numeric as Numbers,
  StructOf,
  Temporal,
} from "./kinds.ts";

interface Accepts<out K, out Wanted extends string> {
  readonly kinds: K;
  /** What the rule asks for, as a sentence writes it. */
  readonly wanted: Wanted;
}

type Anything = Accepts<unknown, "a value">;
type Bool = Accepts<"boolean", "a boolean">;
type Integral = Accepts<Integers | "number", "an integer">;
type Numeric = Accepts<Numbers, "a number">;
type Amount = Accepts<Numbers | Intervals, "a number">;
type Quantity = Accepts<Numbers | Intervals | Temporal, "a number">;
type Text = Accepts<"string", "a string">;
type Bytes = Accepts<"string" | "binary", "a string">;
type Moment = Accepts<Temporal, "a date or timestamp">;
type MomentOrText = Accepts<Temporal | "string", "a date, a timestamp or a string">;
type List = Accepts<ArrayOf<unknown>, "an array">;
type Dictionary = Accepts<MapOf<unknown, unknown>, "a map">;
type ListOrDictionary = Accepts<ArrayOf<unknown> | MapOf<unknown, unknown>, "an array or a map">;

type Lambda = Accepts<unknown, "a function of columns">;

interface ValueKinds {
  any: Anything;
  boolean: Bool;
  onlyBinary: Accepts<"binary", "a binary value">;
  onlyFloat: Accepts<"float", "a FLOAT">;
  vector: Accepts<ArrayOf<"float" | null>, "an array of FLOAT">;
  onlyBoolean: Bool;
  int: Integral;
  onlyInt: Integral;
  bigint: Integral;
  integral: Integral;
  integralOrBoolean: Accepts<Integers | "number" | "boolean", "an integer or a boolean">;
  intOrBigint: Integral;
  onlyIntOrString: Accepts<Integers | "number" | "string", "an integer or a string">;
  double: Numeric;
  numeric: Numeric;
  onlyNumeric: Numeric;
  floatOrDouble: Numeric;
  days: Integral;
  position: Integral;
  seconds: Numeric;
  intervalSeconds: Numeric;
  rounded: Numeric;
  numericOrInterval: Amount;
  doubleOrInterval: Amount;
  arithmetic: Amount;
  summable: Amount;
  measurable: Quantity;
  percentage: Accepts<Numbers | ArrayOf<unknown>, "a fraction or an array of them">;
  string: Text;
  onlyString: Text;
  statedString: Text;
  text: Bytes;
  binary: Bytes;
  bigintBinaryOrString: Accepts<Integers | "number" | "string" | "binary", "an integer or a string">;
  textOrArray: Accepts<"string" | "binary" | ArrayOf<unknown>, "a string or an array">;
  stringOrStrings: Accepts<"string" | ArrayOf<unknown>, "a string or an array of strings">;
  date: Moment;
  onlyDate: Moment;
  timestamp: Moment;
  onlyTimestamp: Moment;
  timestampNtz: Moment;
  anyTimestamp: Moment;
  time: Accepts<"time" | "string", "a time of day">;
  clock: Accepts<Temporal | "time", "a timestamp or a time of day">;
  onlyAnyTimestamp: Moment;
  span: Accepts<Intervals, "an interval">;
  bucketOrigin: Moment;
  windowTime: Accepts<Temporal | "string" | StructOf<unknown>, "a timestamp or a window">;
  timeWindow: Accepts<StructOf<unknown>, "a window">;
  stringOrTemporal: MomentOrText;
  onlyStringOrTemporal: MomentOrText;
  timestampSource: Accepts<Temporal | "string" | Numbers, "a date, a timestamp, a string or a number">;
  orderable: Anything;
  distinguishable: Anything;
  writable: Accepts<Numbers | Temporal | "string" | "binary", "a number, a time or bytes">;
  hashable: Anything;
  lambda: Lambda;
  lambdaOfBoolean: Accepts<"boolean", "a function that gives a boolean">;
  lambdaOfInt: Accepts<Integers | "number", "a function that gives an integer">;
  lambdaOfStart: Lambda;
  lambdaOfKey: Lambda;
  constantInt: Integral;
  constantBigint: Integral;
  seed: Integral;
  writtenSeed: Integral;
  foldableInt: Integral;
  foldableNumber: Numeric;
  constantDouble: Numeric;
  constantString: Text;
  writtenString: Text;
  schemaText: Text;
  writtenInt: Integral;
  onlyConstantInt: Integral;
  onlyConstantString: Text;
  thetaItem: Accepts<
    Numbers | "string" | "binary" | ArrayOf<unknown>,
    "a number, a string, bytes or an array of integers"
  >;
  hllItem: Accepts<Integers | "number" | "string" | "binary", "an integer, a string or bytes">;
  countMinItem: Accepts<Integers | "number" | "string" | "binary", "an integer, a string or bytes">;
  onlyDouble: Numeric;
  onlyIntOrBigint: Integral;
  tupleKey: Anything;
  frequent: Accepts<Numbers | Temporal | "string" | "boolean", "a number, a boolean, a string or a time">;
  topKState: Accepts<StructOf<unknown>, "a sketch of frequent values">;
  sketch: Accepts<"binary", "the bytes of a sketch">;
  kllInteger: Integral;
  kllFraction: Numeric;
  kllFloat: Accepts<"float", "a FLOAT">;
  bigintOrSeveral: Accepts<Numbers | ArrayOf<unknown>, "a number or an array of them">;
  doubleOrSeveral: Accepts<Numbers | ArrayOf<unknown>, "a number or an array of them">;
  floatOrSeveral: Accepts<Numbers | ArrayOf<unknown>, "a number or an array of them">;
  constantBoolean: Bool;
  flag: Bool;
  onlyConstantBoolean: Bool;
  writtenFraction: Numeric;
  scale: Integral;
  fieldName: Text;
  character: Text;
  dateOrInterval: Accepts<Temporal | Intervals | "time", "a date, a timestamp or an interval">;
  struct: Accepts<StructOf<unknown>, "a struct">;
  record: Accepts<StructOf<unknown>, "a struct">;
  element: Accepts<StructOf<unknown> | "variant", "a struct">;
  jsonable: Accepts<
    StructOf<unknown> | ArrayOf<unknown> | MapOf<unknown, unknown> | "variant",
    "a struct, an array or a map"
  >;
  variant: Accepts<"variant", "a variant">;
  shape: Accepts<"geometry" | "geography", "a geometry or a geography">;
  variantParts: Accepts<StructOf<unknown> | ArrayOf<unknown> | MapOf<unknown, unknown>, "a struct, an array or a map">;
}

interface OperandKinds {
  addend: Quantity;
  subtrahend: Quantity;
  factor: Amount;
  dividend: Amount;
  modulo: Numeric;
  integralDividend: Amount;
  bits: Integral;
  logical: Bool;
  comparable: Anything;
  equatable: Anything;
  member: Anything;
  same: Anything;
  ranked: Anything;
  bothText: Bytes;
  sameText: Bytes;
  joined: Accepts<"string" | "binary" | ArrayOf<unknown>, "a string">;
  nanOrElse: Numeric;
  bucketed: Amount;
  besideInt: Numeric;
  besideZero: Numeric;
  comparedWithFirst: Anything;
  likeFirst: Anything;
}

interface CollectionKinds {
  array: List;
  onlyArray: List;
  arrayOfOrderable: List;
  onlyArrayOfOrderable: List;
  arrayOfStrings: List;
  arrayOfArrays: List;
  arrayOfStructs: List;
  arrayOfPairs: List;
  onlyMap: Dictionary;
  map: Dictionary;
  arrayOrMap: ListOrDictionary;
  onlyArrayOrMap: ListOrDictionary;
  arrayToExtend: List;
  elementToAdd: Anything;
  arrayToMatch: List;
  elementToMatch: Anything;
  arrayToSearch: List;
  elementSought: Anything;
  sets: List;
  mapToSearch: Dictionary;
  keySought: Anything;
  arrayOrMapToRead: ListOrDictionary;
  positionOrKey: Anything;
  indexOrKey: Anything;
  stringMap: Dictionary;
  maps: Dictionary;
  mapsOfOneKey: Dictionary;
  keysAndValues: Anything;
  dealt: Anything;
  sequenceBound: Accepts<Integers | "number" | Temporal, "an integer, a date or a timestamp">;
  sequenceStep: Accepts<Integers | "number" | Intervals, "an integer or an interval">;
}

/** What each rule of a parameter takes, by the name that definitions use. */
export interface ParameterKinds extends ValueKinds, OperandKinds, CollectionKinds {}
