/** Texts under collations: what looks for a part, replaces it or takes it away. The last argument is the collation. */
import { arrayType, booleanType, type DataType, intType, stringType } from "../../../types/data-type.ts";
import type { KernelDefinition } from "./kernel.ts";
import {
  collatedContains,
  collatedEndsWith,
  collatedLocate,
  collatedReplace,
  collatedSplit,
  collatedStartsWith,
  collatedSubstringIndex,
  collatedTranslate,
  collatedTrim,
  foldedText,
} from "./text/collated-text.ts";
import { initialCapitalsOfWords } from "./text/letters.ts";

const texts = (count: number): readonly DataType[] => Array.from({ length: count }, () => stringType);

export const collationKernels = {
  collated_contains: { parameters: texts(3), result: booleanType, call: collatedContains },
  collated_startswith: { parameters: texts(3), result: booleanType, call: collatedStartsWith },
  collated_endswith: { parameters: texts(3), result: booleanType, call: collatedEndsWith },
  collated_initcap: { parameters: texts(2), result: stringType, call: initialCapitalsOfWords },
  collated_locate: {
    parameters: [stringType, stringType, intType, stringType],
    result: intType,
    call: collatedLocate,
  },
  collated_replace: { parameters: texts(4), result: stringType, call: collatedReplace },
  collated_split: { parameters: texts(3), result: arrayType(stringType, false), call: collatedSplit },
  collated_substring_index: {
    parameters: [stringType, stringType, intType, stringType],
    result: stringType,
    call: collatedSubstringIndex,
  },
  collated_translate: { parameters: texts(4), result: stringType, call: collatedTranslate },
  collated_trim: { parameters: texts(4), result: stringType, call: collatedTrim },
  folded_text: { parameters: texts(1), result: stringType, call: foldedText },
} satisfies Readonly<Record<string, KernelDefinition>>;
