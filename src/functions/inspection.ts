/** The key under which Node's `console.log` asks an object how to print it; no module of Node's is needed for it. */
export const inspectKey: unique symbol = Symbol.for("nodejs.util.inspect.custom") as never;
