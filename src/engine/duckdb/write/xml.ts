/** XML as Spark writes it: an element a row, within one that holds all. */
import { rename } from "node:fs/promises";
import { structField } from "../../../types/data-type.ts";
import { type Options, option } from "../formats/text/options.ts";
import { writeRecoded } from "../formats/text/recoded-file.ts";
import { xmlNames } from "../formats/xml/xml-options.ts";
import { columnName } from "../sql-text.ts";
import { codecOf, textCodecs } from "./codec.ts";
import type { OutputFormat } from "./output-format.ts";
import { charsetToWrite, lines } from "./text-lines.ts";
import { isXml, rowXml, xmlStyle } from "./xml-text.ts";

export const xmlOutput: OutputFormat = {
  title: "XML",
  namesDiffer: true,
  holds: isXml,
  writing: ({ columns, options, context }) => {
    const style = xmlStyle(options, context);
    const members = columns.map(({ id, name, type }) => ({ value: columnName(id), field: structField(name, type) }));
    const codec = codecOf(option(options, "compression", "codec") ?? "none", textCodecs);
    const { copy, columns: written } = lines(rowXml(xmlNames(options).rowTag, members, style, 1), "xml", new Map());
    return {
      columns: written,
      copy,
      extension: codec.extension === "" ? "xml" : `xml.${codec.extension}`,
      finish: async (path) => {
        const target = `${path}.recoded`;
        await writeRecoded(path, target, {
          charset: charsetToWrite(options),
          codec: codec.extension,
          around: frame(options),
        });
        await rename(target, path);
      },
    };
  },
};

/** What stands before and after the rows. */
function frame(options: Options): readonly [string, string] {
  const root = option(options, "rootTag") ?? "ROWS";
  const declaration = option(options, "declaration") ?? 'version="1.0" encoding="UTF-8" standalone="yes"';
  const begin = declaration === "" ? "" : `<?xml ${declaration}?>\n`;
  return [`${begin}<${root}>\n`, `</${root.split(/\s/, 1)[0]}>`];
}
