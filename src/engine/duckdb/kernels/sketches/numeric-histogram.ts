/** A histogram of bins of different widths, as Spark has it: the two bins that are nearest to each other become one. */
import { JavaRandom } from "../numbers/java-random.ts";

interface Bin {
  center: number;
  count: number;
}

const seed = 31183n;

export class NumericHistogram {
  readonly bins: Bin[] = [];
  readonly #most: number;
  readonly #random = new JavaRandom(seed);

  /** @param most - how many bins there are at most */
  constructor(most: number) {
    this.#most = most;
  }

  add(value: number): void {
    const at = this.#place(value);
    const found = this.bins[at];
    if (found?.center === value) found.count += 1;
    else this.bins.splice(at, 0, { center: value, count: 1 });
    if (this.bins.length > this.#most) this.#join(this.#nearest());
  }

  /** Where a value is or belongs. What is no number compares with none. */
  #place(value: number): number {
    let low = 0;
    let high = this.bins.length;
    let at = 0;
    while (low < high) {
      at = (low + high) >> 1;
      if (this.bins[at]!.center > value) high = at;
      else if (this.bins[at]!.center < value) low = ++at;
      else break;
    }
    return at;
  }

  /** The first of the two bins with the least distance. */
  #nearest(): number {
    const distance = (at: number): number => this.bins[at + 1]!.center - this.bins[at]!.center;
    let nearest = 0;
    let equal = 1;
    for (let at = 1; at < this.bins.length - 1; at++) {
      if (distance(at) < distance(nearest)) {
        nearest = at;
        equal = 1;
      } else if (distance(at) === distance(nearest) && this.#random.nextDouble() <= 1 / ++equal) nearest = at;
    }
    return nearest;
  }

  #join(at: number): void {
    const [first, second] = this.bins.splice(at, 2) as [Bin, Bin];
    const count = first.count + second.count;
    const center = first.center * (first.count / count) + (second.center / count) * second.count;
    this.bins.splice(at, 0, { center, count });
  }
}
