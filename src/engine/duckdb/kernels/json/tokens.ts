/** JSON texts as Spark's functions read them: Jackson's tokens with what Hive allowed. */
import { usualLimits } from "../../formats/json/jackson-bytes.ts";
import { JacksonTokens } from "../../formats/json/jackson-tokens.ts";

const hiveFeatures = {
  allowComments: false,
  allowUnquotedFieldNames: false,
  allowSingleQuotes: true,
  allowNumericLeadingZeros: false,
  allowNonNumericNumbers: false,
  allowBackslashEscapingAnyCharacter: false,
  allowUnquotedControlChars: true,
  ...usualLimits,
};

const tokens = new JacksonTokens(hiveFeatures);
const encoder = new TextEncoder();

/** What a function makes of a text's tokens, the first of which is current; undefined where the text is malformed. */
export function readTokens<Result>(
  text: string,
  read: (tokens: JacksonTokens) => Result | undefined,
): Result | undefined {
  const bytes = encoder.encode(text);
  tokens.open(bytes, 0, bytes.length);
  try {
    return tokens.nextToken() === undefined ? undefined : read(tokens);
  } catch (error) {
    // What the tokens throw for a malformed text is no Error, as it may be thrown for millions of rows.
    if (error instanceof Error) throw error;
    return undefined;
  }
}
