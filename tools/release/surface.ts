/** What the entry points export, as their declarations say it, beside what was noted at the last release. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type Finding, fail, pass } from "./finding.ts";

const noted = join(import.meta.dirname, "surface.txt");

export function surface(folder: string, accept: boolean): readonly Finding[] {
  const lines = surfaceOf(join(folder, "node_modules/lakewright"));
  if (accept) writeFileSync(noted, `${lines.join("\n")}\n`);
  const before = existsSync(noted) ? readFileSync(noted, "utf8").trimEnd().split("\n") : [];
  const [kept, current] = [new Set(before), new Set(lines)];
  const removed = before.filter((line) => !current.has(line)).map((line) => `- ${line}`);
  const added = lines.filter((line) => !kept.has(line)).map((line) => `+ ${line}`);
  if (removed.length + added.length === 0) return [pass("surface", `${lines.length} lines, as noted`)];
  return [fail("surface", ["not as noted; --accept notes it:", ...removed, ...added].join("\n"))];
}

/** A line for each export, and for each member of a class or interface. */
function surfaceOf(packageFolder: string): readonly string[] {
  const { exports } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  const entries = Object.entries<{ types?: string }>(exports).filter(([, target]) => target.types !== undefined);
  const files = entries.map(([, target]) => join(packageFolder, target.types!));
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    types: [],
  });
  const checker = program.getTypeChecker();
  return entries.flatMap(([name], index) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(files[index]!)!)!;
    const entry = name.replace(/^\./, "lakewright");
    return checker
      .getExportsOfModule(module)
      .flatMap((symbol) => declared(checker, entry, symbol))
      .sort();
  });
}

function declared(checker: ts.TypeChecker, entry: string, exported: ts.Symbol): readonly string[] {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  return (symbol.declarations ?? []).flatMap((declaration) => {
    const head = `${entry} ${exported.name}`;
    if (!ts.isClassDeclaration(declaration) && !ts.isInterfaceDeclaration(declaration))
      return `${head}: ${textOf(declaration)}`;
    const kind = ts.isClassDeclaration(declaration) ? "class" : "interface";
    const members = declaration.members.filter((member) => !isHidden(member));
    return [`${head}: ${kind}`, ...members.map((member) => `${head}.${textOf(member)}`)];
  });
}

const isHidden = (member: ts.Node): boolean =>
  ts.canHaveModifiers(member) &&
  (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);

const printer = ts.createPrinter({ removeComments: true });
const textOf = (node: ts.Node): string =>
  printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()).replaceAll(/\s+/g, " ");
