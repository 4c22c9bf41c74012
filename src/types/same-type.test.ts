import { expect, test } from "vitest";
import { arrayType, type DataType, intType, structField, structType } from "./data-type.ts";
import { parseType } from "./ddl.ts";
import { equalType, sameShape, sameType } from "./same-type.ts";
import { sqlName } from "./type-name.ts";

const noted = (metadata: Record<string, number | number[]>) => structType([structField("a", intType, true, metadata)]);

// Each pair: equal but for metadata, equal but for nulls and the case of names (Spark's sameType), equal in everything.
test.each<[DataType, DataType, same: boolean, shape: boolean, equal: boolean]>([
  [parseType("int"), parseType("integer"), true, true, true],
  [parseType("int"), parseType("bigint"), false, false, false],
  [parseType("decimal(10,2)"), parseType("decimal(10,3)"), false, false, false],
  [parseType("string"), parseType("string collate UTF8_LCASE"), false, false, false],
  [parseType("char(3)"), parseType("varchar(3)"), false, false, false],
  [parseType("interval day"), parseType("interval day to hour"), false, false, false],
  [arrayType(intType, true), arrayType(intType, false), false, true, false],
  [parseType("map<int,string>"), parseType("map<int,int>"), false, false, false],
  [parseType("struct<a:int>"), parseType("struct<A:int not null>"), false, true, false],
  [parseType("struct<a:int>"), parseType("struct<b:int>"), false, false, false],
  [parseType("struct<a:int>"), parseType("struct<a:int,b:int>"), false, false, false],
  [parseType("struct<a:int>"), parseType("struct<a:int comment 'x'>"), true, true, false],
  [noted({ x: 1, y: [1, 2] }), noted({ y: [1, 2], x: 1 }), true, true, true],
  [noted({ x: 1 }), noted({ x: 1, y: 2 }), true, true, false],
  [noted({ y: [1, 2] }), noted({ y: [2, 1] }), true, true, false],
  [noted({}), structType([structField("a", intType)]), true, true, true],
])("%j and %j", (left, right, same, shape, equal) => {
  const answers = { same: sameType(left, right), shape: sameShape(left, right), equal: equalType(left, right) };
  expect(answers, `${sqlName(left)} and ${sqlName(right)}`).toEqual({ same, shape, equal });
});
