/** What the analyzer says of every recorded call with every type in every place, against what Spark's says: result or condition. */
import { type DataFrame, SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import recorded from "../answers/coercion/functions.json" with { type: "json" };
import pairs from "../answers/coercion/pairs.json" with { type: "json" };
import { namedType, nameOf } from "./named-types.ts";
import { parseCall } from "./recorded-call.ts";

type Groups = Readonly<Record<string, string>>;

/** Times of day are off, and the recorded columns of untyped nulls claim to hold none. */
const isAsked = (type: string): boolean => type !== "void" && !type.startsWith("time(");

/** What we refuse or answer otherwise, by call and type. */
const differences: readonly (readonly [call: RegExp, type: RegExp])[] = [
  // Spark fails with an internal error: numbers have no format.
  [/^(?:try_)?to_timestamp(?:_ltz)?\(string, string\)/, /int|float|double|decimal/],
  // Text beside a span of time becomes a moment and text again.
  [/^[+-] /, /string.*interval|interval.*string/],
  // The lambda's result is judged, not the array.
  [/^array_sort\(array<int>, /, /^array<(?:int|bigint)>$/],
];

const isKnown = (call: string, type: string): boolean =>
  differences.some(([calls, types]) => calls.test(call) && types.test(type));

let spark: SparkSession;

beforeAll(async () => {
  spark = SparkSession.create();
  await view("calls", recorded.types);
  await view("pairs", pairs.types);
});
afterAll(() => spark.stop());

/** A view without rows, with a column of each type, and one that may be null. */
async function view(name: string, types: readonly string[]): Promise<void> {
  const fields = types.flatMap((type, index) =>
    ["", "_"].map((mark) => ({
      name: `c${index}${mark}`,
      type: namedType(type),
      nullable: mark !== "" || type === "void",
    })),
  );
  const frame: DataFrame = spark.createDataFrame([], { kind: "struct", fields });
  await frame.createOrReplaceTempView(name);
}

async function answer(query: string): Promise<string> {
  try {
    const { fields } = await spark.sql(query).schema();
    return fields.map(({ type, nullable }) => `${nameOf(type)}${nullable ? "?" : ""}`).join("; ");
  } catch (error) {
    return `!${String((error as { condition?: string }).condition).replace("DATATYPE_MISMATCH.", "")}`;
  }
}

const split = (groups: Groups): readonly (readonly [answer: string, column: string])[] =>
  Object.entries(groups).flatMap(([found, columns]) => columns.split(" ").map((column) => [found, column] as const));

interface Asked {
  readonly type: string;
  readonly query: string;
  readonly spark: string;
}

async function compare(call: string, asked: readonly Asked[]): Promise<void> {
  const open = asked.filter(({ type }) => !isKnown(call, type));
  const ours = await Promise.all(open.map(({ query }) => answer(query)));
  expect(open.map(({ type }, index) => `${type}: ${ours[index]}`)).toEqual(
    open.map((one) => `${one.type}: ${one.spark}`),
  );
}

function callsOf({ call, types }: (typeof recorded.calls)[number]): readonly Asked[] {
  const { name, args } = parseCall(call);
  const columnOf = (argument: string): string => {
    const place = recorded.types.indexOf(argument.replace(/\?$/, ""));
    return place < 0 ? argument : `c${place}${argument.endsWith("?") ? "_" : ""}`;
  };
  return (types as readonly (Groups | null)[]).flatMap((groups, index) =>
    split(groups ?? {}).map(([found, column]) => {
      const written = args.map((argument, place) => (place === index ? column : columnOf(argument)));
      const over = call.endsWith(" OVER") ? " OVER (ORDER BY c4)" : "";
      const type = recorded.types[Number(column.slice(1))]!;
      return { type, query: `SELECT ${name}(${written.join(", ")})${over} FROM calls`, spark: found };
    }),
  );
}

describe("calls", () => {
  it.each(recorded.calls.map((one) => [one.call, one] as const))("%s", async (call, one) => {
    await compare(
      call,
      callsOf(one).filter(({ type }) => isAsked(type)),
    );
  });
});

const infix = ["+", "-", "*", "/", "%", "div", "=", "<=>", "<", "&", "AND", "||", "IN"];
const written = (operator: string, left: string, right: string): string => {
  if (operator === "IN") return `${left} IN (${right})`;
  if (infix.includes(operator)) return `${left} ${operator} ${right}`;
  return operator === "if" ? `if(true, ${left}, ${right})` : `${operator}(${left}, ${right})`;
};

describe("operators", () => {
  const asked = Object.entries(pairs.answers)
    .filter(([operator]) => operator !== "union")
    .flatMap(([operator, answers]) =>
      Object.entries(answers).map(([left, groups]) => [operator, left, groups as Groups] as const),
    );
  it.each(asked.filter(([, left]) => isAsked(left)))("%s %s", async (operator, left, groups) => {
    const one = `c${pairs.types.indexOf(left)}`;
    const both = split(groups).filter(([, right]) => isAsked(pairs.types[Number(right)]!));
    await compare(
      `${operator} ${left}`,
      both.map(([found, right]) => ({
        type: `${left} ${pairs.types[Number(right)]}`,
        query: `SELECT ${written(operator === "in" ? "IN" : operator, one, `c${right}`)} FROM pairs`,
        spark: found,
      })),
    );
  });
});
