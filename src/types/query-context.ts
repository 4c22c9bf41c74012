/** The query contexts of errors, with the text that Spark shows of them. */
import type { QueryContext } from "../errors.ts";

/** How much of a line is shown before and behind a fragment. */
const shownAround = 32;

/**
 * The context of a fragment of SQL text.
 *
 * @param text - the whole text
 * @param start - where the fragment begins
 * @param end - where what follows it begins
 */
export function sqlQueryContext(text: string, start: number, end: number): QueryContext {
  return {
    contextType: "SQL",
    objectType: "",
    objectName: "",
    startIndex: start,
    stopIndex: end - 1,
    fragment: text.slice(start, end),
    callSite: "",
    summary: sqlSummary(text, start, end),
  };
}

/**
 * The context of a method that a program called.
 *
 * @param method - the name of the method
 * @param callSite - the file and the line
 */
export const dataFrameQueryContext = (method: string, callSite: string): QueryContext => ({
  contextType: "DataFrame",
  objectType: "",
  objectName: "",
  startIndex: -1,
  stopIndex: -1,
  fragment: method,
  callSite,
  summary: `== DataFrame ==\n"${method}" was called from\n${callSite}\n`,
});

function sqlSummary(text: string, start: number, end: number): string {
  const lineStart = start === 0 ? 0 : text.lastIndexOf("\n", start - 1) + 1;
  const line = text.slice(0, start).split("\n").length;
  const lineEnd = text.indexOf("\n", end) < 0 ? text.length : text.indexOf("\n", end);
  const isCutBefore = start - lineStart >= shownAround;
  const isCutBehind = lineEnd - end >= shownAround;
  const from = isCutBefore ? start - shownAround : lineStart;
  const to = isCutBehind ? end + shownAround : lineEnd;
  const indent = isCutBefore ? "..." : "";
  const shown = `${indent}${text.slice(from, to)}${isCutBehind ? "..." : ""}`;
  const place = { from: from - indent.length, start, end };
  return `== SQL (line ${line}, position ${start - lineStart + 1}) ==\n${underlined(shown, place)}`;
}

/** The lines of a text, each with carets below what lies between two offsets; `from` is the offset of its first letter. */
function underlined(
  text: string,
  place: { readonly from: number; readonly start: number; readonly end: number },
): string {
  let { from } = place;
  return text
    .split("\n")
    .map((line) => {
      const blank = Math.min(Math.max(place.start - from, 0), line.length);
      const marked = Math.min(Math.max(place.end - from, 0), line.length);
      from += line.length + 1;
      return `${line}\n${" ".repeat(blank)}${"^".repeat(marked - blank)}\n`;
    })
    .join("");
}
