/** `cbrt` as fdlibm computes it: Java keeps to its last digit. */
import { highWord, withHighWord, withoutLowWord } from "./words.ts";

const normal = 715_094_163;
const subnormal = 696_219_795;
const [c, d, e, f, g] = [19 / 35, -864 / 1225, 99 / 70, 45 / 28, 5 / 14] as const;

/**
 * The cube root.
 *
 * Source: `StrictMath.cbrt`, which is fdlibm's.
 */
export function cubeRoot(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const size = Math.abs(value);
  const rough = refined(guess(size), size);
  const estimate = withHighWord(withoutLowWord(rough), highWord(rough) + 1);
  const ratio = size / (estimate * estimate);
  const root = estimate + estimate * ((ratio - estimate) / (estimate + estimate + ratio));
  return value < 0 ? -root : root;
}

/** The root to five bits: a third of the exponent. */
function guess(size: number): number {
  const high = highWord(size);
  if (high >= 0x00100000) return withHighWord(0, Math.trunc(high / 3) + normal);
  const raised = size * 2 ** 54;
  return withHighWord(raised, Math.trunc(highWord(raised) / 3) + subnormal);
}

/** The root to 23 bits. */
function refined(root: number, size: number): number {
  const ratio = (root * root) / size;
  const sum = c + ratio * root;
  return root * (g + f / (sum + e + d / sum));
}
