/** The key of the method by which `console.log` shows an object in Node.js; it needs no import of a Node.js module. */
export const inspection: unique symbol = Symbol.for("nodejs.util.inspect.custom");
