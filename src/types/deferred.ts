/**
 * A value that is made when it is first asked for: programs that never ask do not wait for it when they start.
 *
 * @param make - makes the value, which is not undefined
 */
export function deferred<Value extends {}>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}
