/** Count-min sketches. */
import { arrayType, bigintType, binaryType, doubleType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { kernelOf } from "../../kernels/kernel.ts";
import { CountMinSketch } from "../../kernels/sketches/count-min.ts";
import type { AggregateLowering } from "../aggregate/call.ts";
import { gathered } from "../aggregate/gathered.ts";

const encoder = new TextEncoder();

/** A count-min sketch of the values of a group. */
export const countMin: AggregateLowering = ([value, ...settings], modifiers, context) => {
  const type = context.types[0]!;
  const call = (values: readonly StoredValue[], error: number, confidence: number, seed: bigint): Uint8Array => {
    const sketch = new CountMinSketch(error, confidence, Number(BigInt.asIntN(32, seed)));
    for (const one of values) {
      if (typeof one === "string") sketch.addBytes(encoder.encode(one));
      else if (one instanceof Uint8Array) sketch.addBytes(one);
      else sketch.addLong(BigInt(one as number | bigint));
    }
    return sketch.toBytes();
  };
  const parameters = [arrayType(type), doubleType, doubleType, bigintType];
  const kernel = kernelOf("count_min_sketch", { parameters, result: binaryType, call });
  const [error, confidence, seed] = settings as [string, string, string];
  return context.bind(kernel)(gathered(value!, modifiers), error, confidence, `(${seed})::BIGINT`);
};
