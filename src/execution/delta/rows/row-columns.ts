/** The names of columns that stand beside those of a table while its rows are changed. */

const hidden = (name: string): string => `\u0001${name}`;

/** The number of the file that a row lies in. */
export const fileColumn: string = hidden("file");
/** The number of a row in its file. */
export const rowColumn: string = hidden("row");
/** What a table that tracks its rows calls a row, and the version that changed it last. */
export const rowIdColumn: string = hidden("row id");
export const rowVersionColumn: string = hidden("row version");
/** The number of a row of the source. */
export const sourceRowColumn: string = hidden("source row");
/** Which clause a row falls under. */
export const clauseColumn: string = hidden("clause");
/** Which of the clauses for rows without a match a row would fall under. */
export const unmatchedClauseColumn: string = hidden("unmatched clause");

/** The same places, of a row that was found to match. */
export const markedFile: string = hidden("marked file");
export const markedRow: string = hidden("marked row");
export const markedSourceRow: string = hidden("marked source row");

/** The value of a column of the table, whatever else has its name. */
export const targetCopy = (index: number): string => hidden(`target ${index}`);
export const sourceCopy = (index: number): string => hidden(`source ${index}`);
