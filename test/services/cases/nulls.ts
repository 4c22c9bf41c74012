import { program, type Theme } from "../program.ts";

export const nulls: Theme = {
  name: "na methods",
  programs: [
    program("fill numbers", ({ sales }) => sales.na.fill(0), `sales.na.fill(0)`),
    program(
      "fill with a fraction",
      ({ numbers }) => numbers.select("id", "t", "i", "f", "d", "m").na.fill(1.9),
      `numbers.select("id", "t", "i", "f", "d", "m").na.fill(1.9)`,
    ),
    program("fill text", ({ sales }) => sales.na.fill("?"), `sales.na.fill("?")`),
    program(
      "fill booleans",
      ({ flags }) => flags.na.fill(true, { subset: ["a"] }),
      `flags.na.fill(True, subset=["a"])`,
    ),
    program(
      "fill by column",
      ({ sales }) => sales.na.fill({ country: "CH", amount: 1 }),
      `sales.na.fill({"country": "CH", "amount": 1})`,
    ),
    program("fill an unknown column", ({ sales }) => sales.na.fill({ nothing: 1 }), `sales.na.fill({"nothing": 1})`),
    program("drop any", ({ sales }) => sales.na.drop(), `sales.na.drop()`),
    program(
      "drop all",
      ({ users }) => users.select("age", "city").na.drop({ how: "all" }),
      `users.select("age", "city").na.drop("all")`,
    ),
    program("drop below a number", ({ sales }) => sales.na.drop({ thresh: 4 }), `sales.na.drop(thresh=4)`),
    program(
      "drop by some columns",
      ({ sales }) => sales.na.drop({ subset: ["amount"] }),
      `sales.na.drop(subset=["amount"])`,
    ),
    program(
      "replace text",
      ({ sales }) =>
        sales.na.replace(
          new Map([
            ["IN", "in"],
            ["US", null],
          ]),
          { subset: ["country"] },
        ),
      `sales.na.replace({"IN": "in", "US": None}, subset=["country"])`,
    ),
    program(
      "replace numbers",
      ({ numbers }) => numbers.select("id", "t", "i", "d", "m").na.replace([1, -7], [10, 70]),
      `numbers.select("id", "t", "i", "d", "m").na.replace([1, -7], [10, 70])`,
    ),
    program("replace NaN", ({ sales }) => sales.na.replace(Number.NaN, 0), `sales.na.replace(float("nan"), 0.0)`),
  ],
};
