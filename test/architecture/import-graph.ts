import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript";

/** One import of a source file; `to` is a path below the root, `node:…` or a package. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

/** The paths of the TypeScript sources below `folder`, relative to it, without the tests beside them. */
export function sourceFiles(folder: string): string[] {
  const files = globSync("**/*.ts", { cwd: folder, exclude: (name) => name === "node_modules" });
  return files
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.endsWith(".test.ts"))
    .sort();
}

/** Every import of the sources below `folder`. */
export function readImports(folder: string): Import[] {
  return sourceFiles(folder).flatMap((file) => importsOf(file, readFileSync(`${folder}/${file}`, "utf8")));
}

/** The imports of one file: statements, re-exports, `import()` expressions and types. */
export function importsOf(file: string, code: string): Import[] {
  const found: Import[] = [];
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.ESNext));
  return found;

  function visit(node: ts.Node): void {
    const [specifier, typeOnly] = importedBy(node) ?? [];
    if (specifier && ts.isStringLiteral(specifier)) {
      found.push({ from: file, to: resolve(file, specifier.text), typeOnly: typeOnly === true });
    }
    ts.forEachChild(node, visit);
  }
}

function importedBy(node: ts.Node): [specifier: ts.Node | undefined, typeOnly: boolean] | undefined {
  if (ts.isImportDeclaration(node))
    return [node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword];
  if (ts.isExportDeclaration(node)) return [node.moduleSpecifier, node.isTypeOnly];
  if (ts.isImportTypeNode(node)) return [ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true];
  const isImportCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImportCall ? [node.arguments[0], false] : undefined;
}

function resolve(file: string, specifier: string): string {
  return specifier.startsWith(".") ? posix.join(posix.dirname(file), specifier) : specifier;
}
