/** How often, and after how long, a request is sent again: as PySpark's client does, up to about a minute in all. */

const attempts = 9;
const first = 50;
const factor = 3;
const longest = 15_000;

/**
 * Waits before the next attempt.
 *
 * @param attempt - how many failed before this one
 * @param signal - ends the pause
 * @returns whether there is one
 */
export async function pauseBefore(attempt: number, signal?: AbortSignal): Promise<boolean> {
  if (attempt >= attempts) return false;
  // Clients that lost one server come back at different moments.
  const milliseconds = Math.min(longest, first * factor ** attempt) * (1 + Math.random() / 4);
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    const end = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", end, { once: true });
  });
  return true;
}
