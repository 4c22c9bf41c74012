/** Higher moments, added up as Spark adds them: exact where sums of powers lose their digits. */
import { arrayType, doubleType } from "../../../types/data-type.ts";
import type { KernelDefinition } from "./kernel.ts";

interface Moments {
  readonly count: number;
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
}

function momentsOf(values: readonly number[]): Moments {
  let [count, mean, second, third, fourth] = [0, 0, 0, 0, 0];
  for (const value of values) {
    count += 1;
    const delta = value - mean;
    const part = delta / count;
    mean += part;
    second += delta * (delta - part);
    third = third - 3 * part * second + delta * (delta * delta - part * part);
    fourth =
      fourth - 4 * part * third - 6 * part * part * second + delta * (delta * (delta * delta) - part * (part * part));
  }
  return { count, second, third, fourth };
}

function skewness(values: readonly number[]): number | null {
  const { count, second, third } = momentsOf(values);
  return second === 0 ? null : (Math.sqrt(count) * third) / Math.sqrt(second * second * second);
}

function kurtosis(values: readonly number[]): number | null {
  const { count, second, fourth } = momentsOf(values);
  return second === 0 ? null : (count * fourth) / (second * second) - 3;
}

export const momentKernels = {
  skewness: { parameters: [arrayType(doubleType)], result: doubleType, call: skewness },
  kurtosis: { parameters: [arrayType(doubleType)], result: doubleType, call: kurtosis },
} satisfies Readonly<Record<string, KernelDefinition>>;
