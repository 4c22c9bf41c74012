/**
 * The definitions of the catalogue against what Spark's analyzer said of each function with every type in every place
 * (`test/answers/record-functions.py`).
 */
import { describe, expect, it } from "vitest";
import { catalogueEntries, functionNames, lookupFunction } from "../../src/functions/catalogue.ts";
import recorded from "../answers/coercion/functions.json" with { type: "json" };
import { applied, castTypes, parseCall, type RecordedCall, refused } from "./recorded-call.ts";

type Groups = Record<string, string> | null;
interface Answers {
  readonly call: string;
  readonly result: string;
  readonly nullable: readonly (string | null)[];
  readonly types: readonly Groups[];
  readonly casts: readonly Groups[];
}

const columns: readonly string[] = recorded.types;
const calls: readonly Answers[] = recorded.calls;

/** Recorded functions that the catalogue does not have: they are refused by name. */
const absent: readonly string[] = [];

/** What we know to be otherwise, by the beginning of the comparison, with the reason. */
const differences: readonly [RegExp, string][] = [
  [/^grouping\(/, "Spark says that there is no grouping, which the analyzer says here too"],
  [/^convert_timezone\(string, timestamp_ntz\)/, "the form without a source zone is not in PySpark"],
  [
    /^(hour|minute|second|date_part)\(.*:time\(6\) /,
    "times of day are off in Spark too unless a setting says otherwise",
  ],
  [/^stack\(.*:void /, "an untyped null that is no constant cannot be written"],
  [/^(assert_true|try_to_binary)\(.* cast/, "Spark shows the expression that it was replaced by"],
];

const isDefined = (answers: Answers): boolean => lookupFunction(parseCall(answers.call).name) !== undefined;
const hasLambda = ({ call }: Answers): boolean => call.includes("->");
const types = (positions: string): readonly string[] =>
  positions.split(" ").map((column) => columns[Number(column.slice(1))]!);
const put = ({ name, args }: RecordedCall, index: number, text: string): RecordedCall => ({
  name,
  args: args.with(index, text),
});

/** Spark's answer with errors as `refused`; an untyped null says nothing of nullability, since its column is not null. */
const bare = (answer: string, replaced: string): string => {
  const known = answer.startsWith("!") ? refused : answer;
  return replaced === "void" ? known.replaceAll(/\?| not null/g, "") : known;
};

/** All comparisons of one call: what is compared, our answer and Spark's. */
function comparisons({ call, result, nullable, types: groups, casts }: Answers): string[][] {
  const parsed = parseCall(call);
  const found = [[`${call} as it is`, applied(parsed, columns), bare(result, "")]];
  parsed.args.forEach((text, index) => {
    if (nullable[index] !== null) {
      found.push([
        `${call} ${index} null`,
        applied(put(parsed, index, `${text}?`), columns),
        bare(nullable[index]!, ""),
      ]);
    }
    for (const [answer, positions] of Object.entries(groups[index] ?? {})) {
      for (const type of types(positions)) {
        const ours = bare(applied(put(parsed, index, type), columns), type);
        found.push([`${call} ${index}:${type} gives`, ours, bare(answer, type)]);
      }
    }
    for (const [target, positions] of Object.entries(casts[index] ?? {})) {
      for (const type of types(positions)) {
        const ours = castTypes(put(parsed, index, type), columns)?.[index]?.replaceAll(" not null", "");
        if (ours !== undefined) found.push([`${call} ${index}:${type} cast`, ours, target]);
      }
    }
  });
  return found;
}

describe("the catalogue", () => {
  it("types every call as Spark does", () => {
    const all = calls.filter((answers) => isDefined(answers) && !hasLambda(answers)).flatMap(comparisons);
    expect(all.length).toBeGreaterThan(20_000);
    const compared = all.filter(([what]) => !differences.some(([form]) => form.test(what!)));
    const wrong = compared.filter(([, ours, spark]) => ours !== spark).map((line) => line.join(" | "));
    expect(wrong).toEqual([]);
  });

  it("lacks only what it says", () => {
    const lacking = calls.filter((answers) => !isDefined(answers)).map(({ call }) => parseCall(call).name);
    expect([...new Set(lacking)].sort()).toEqual([...absent].sort());
  });

  it("knows differences only where there are some", () => {
    const all = calls.filter((answers) => isDefined(answers) && !hasLambda(answers)).flatMap(comparisons);
    for (const [form, reason] of differences) {
      const differing = all.filter(([what, ours, spark]) => form.test(what!) && ours !== spark);
      expect(differing.length, reason).toBeGreaterThan(0);
    }
  });

  it("is recorded for every function that has a result of its own", () => {
    const names = new Set(calls.map(({ call }) => lookupFunction(parseCall(call).name)?.name));
    const unrecorded = catalogueEntries
      .map(({ definition }) => definition.name)
      .filter((name) => !names.has(lookupFunction(name)!.name));
    expect([...new Set(unrecorded)].sort()).toEqual([
      "approx_top_k_combine",
      "approx_top_k_estimate",
      "collate",
      "count_min_sketch",
      "grouping_id",
      "product",
      "session_window",
      "st_asbinary",
      "st_geogfromwkb",
      "st_geomfromwkb",
      "st_setsrid",
      "st_srid",
      "window",
      "window_time",
      "~",
    ]);
  });
});

describe("names", () => {
  it("are found in any case and by other names", () => {
    expect(lookupFunction("UCASE")?.name).toBe("upper");
    expect(lookupFunction("<>")?.name).toBe("!=");
    expect(lookupFunction("approx_percentile")?.name).toBe("percentile_approx");
    expect(lookupFunction("nosuch")).toBeUndefined();
    expect(functionNames).toContain("char_length");
  });

  it("of synonyms have the rules of the function itself", () => {
    const synonyms = catalogueEntries.filter((entry) => entry.synonymOf !== undefined);
    expect(synonyms.length).toBeGreaterThan(30);
    for (const { definition } of synonyms) {
      const canonical = lookupFunction(definition.name)!;
      const rules = definition.parameters.map(({ rule }) => rule);
      expect(rules, definition.name).toEqual(canonical.parameters.slice(0, rules.length).map(({ rule }) => rule));
      expect([definition.result, definition.nulls], definition.name).toEqual([canonical.result, canonical.nulls]);
    }
  });
});
