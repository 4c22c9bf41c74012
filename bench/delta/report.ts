/** What programs of contestants print: a line of JSON for each thing that they measured. */

export interface Figure {
  /** What was measured. */
  readonly name: string;
  /** Of each time that it was done. */
  readonly seconds: readonly number[];
  /** Processor time of the same. */
  readonly cpuSeconds: readonly number[];
  /** What came out, for the comparison with what has to. */
  readonly answer: string;
}

export function tell(figure: Figure): void {
  process.stdout.write(`${JSON.stringify(figure)}\n`);
}

/** Does something several times. */
export async function timed(name: string, times: number, work: (turn: number) => Promise<string>): Promise<Figure> {
  const [seconds, cpuSeconds]: [number[], number[]] = [[], []];
  let answer = "";
  for (let turn = 0; turn < times; turn++) {
    const [started, used] = [performance.now(), process.cpuUsage()];
    answer = await work(turn);
    seconds.push((performance.now() - started) / 1000);
    const { user, system } = process.cpuUsage(used);
    cpuSeconds.push((user + system) / 1e6);
  }
  return { name, seconds, cpuSeconds, answer };
}

const warmUp = 5;

/** Appends to a Delta table and plain writes of the same rows, in turn; and how much longer each append took. */
export async function timedBeside(
  times: number,
  append: (turn: number) => Promise<void>,
  write: (turn: number) => Promise<void>,
): Promise<readonly Figure[]> {
  const [appends, writes]: [Figure[], Figure[]] = [[], []];
  const once = (work: (turn: number) => Promise<void>, turn: number): Promise<Figure> =>
    timed("", 1, async () => {
      await work(turn);
      return "";
    });
  for (let turn = 0; turn < times + warmUp; turn++) {
    writes.push(await once(write, turn));
    appends.push(await once(append, turn));
  }
  const [whole, part] = [joined("append", appends.slice(warmUp)), joined("Parquet alone", writes.slice(warmUp))];
  return [whole, part, difference(whole, part)];
}

const joined = (name: string, figures: readonly Figure[]): Figure => ({
  name,
  seconds: figures.flatMap(({ seconds }) => seconds),
  cpuSeconds: figures.flatMap(({ cpuSeconds }) => cpuSeconds),
  answer: String(figures.length),
});

const difference = (whole: Figure, part: Figure): Figure => ({
  name: "beyond Parquet",
  seconds: whole.seconds.map((seconds, turn) => seconds - part.seconds[turn]!),
  cpuSeconds: whole.cpuSeconds.map((seconds, turn) => seconds - part.cpuSeconds[turn]!),
  answer: whole.answer,
});
