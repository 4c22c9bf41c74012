/** Histograms of the values of a group. */
import { arrayType, type DataType, type DecimalType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { kernelOf } from "../../kernels/kernel.ts";
import { NumericHistogram } from "../../kernels/sketches/numeric-histogram.ts";
import { settled } from "../sketches/faults.ts";
import type { AggregateLowering } from "./call.ts";
import { gathered } from "./gathered.ts";

interface Conversion {
  readonly toNumber: (value: StoredValue) => number;
  readonly fromNumber: (value: number) => StoredValue;
}

/** Whole numbers as Java cuts them: what is no number is 0. */
const cut = (value: number): number => Math.trunc(Number.isNaN(value) ? 0 : value);

const conversionOf = (type: DataType): Conversion => {
  if (type.kind === "decimal") return decimalConversion(type);
  if (type.kind === "float" || type.kind === "double") return { toNumber: Number, fromNumber: (value) => value };
  const isWide = ["bigint", "timestamp", "timestamp_ntz", "day-time interval"].includes(type.kind);
  return { toNumber: Number, fromNumber: (value) => (isWide ? BigInt(cut(value)) : cut(value)) };
};

/** Decimals have as many digits as the type before they have its scale. */
const decimalConversion = ({ precision, scale }: DecimalType): Conversion => ({
  toNumber: (value) => Number(value) / 10 ** scale,
  fromNumber: (value) => BigInt(Math.round(Number(value.toPrecision(Math.min(precision, 17))) * 10 ** scale)),
});

/** The bins of a histogram, each with its center and how many values it has. */
export const histogram: AggregateLowering = ([value], modifiers, context) => {
  const type = context.types[0]!;
  const most = settled(context, 1, 2);
  const { toNumber, fromNumber } = conversionOf(type);
  const call = (values: readonly StoredValue[]): StoredValue => {
    if (values.length === 0) return null;
    const counted = new NumericHistogram(most);
    for (const one of values) counted.add(toNumber(one));
    return counted.bins.map(({ center, count }) => [fromNumber(center), count]);
  };
  const kernel = kernelOf("histogram_numeric", { parameters: [arrayType(type)], result: context.call.type, call });
  return context.bind(kernel)(gathered(value!, modifiers));
};
