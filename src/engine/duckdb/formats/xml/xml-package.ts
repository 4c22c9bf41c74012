/** The parser of XML, an optional package, for what cannot wait: functions of columns. */
import { createRequire } from "node:module";
import { optionalPackageNow } from "../optional-package.ts";

/**
 * The package `sax`.
 *
 * @throws UnsupportedError when it is not installed
 */
export const saxPackage = (): typeof import("sax") =>
  optionalPackageNow(() => load("sax") as typeof import("sax"), "sax", "functions of XML");

const load = createRequire(import.meta.url);
