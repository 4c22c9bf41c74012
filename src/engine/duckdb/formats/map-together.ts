/** How many files are looked at side by side: more would run out of open files where there are very many. */
const together = 64;

/** What `work` makes of each item, in their order, some of them side by side. */
export async function mapTogether<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result> | Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += together)
    results.push(...(await Promise.all(items.slice(start, start + together).map(work))));
  return results;
}
