/** What an editor shows on hovering: each export and each public method has a sentence, and methods an example. */
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { root } from "./blocks.ts";

interface Documented {
  readonly name: string;
  readonly text: string;
  readonly tags: readonly string[];
  /** A method or function: something that is called. */
  readonly called: boolean;
}

/** What is overridden is documented where it comes from. */
const hiding = ts.ModifierFlags.NonPublicAccessibilityModifier | ts.ModifierFlags.Override;

const entries = [
  "src/index.ts",
  "src/functions/index.ts",
  "src/arrow/index.ts",
  "src/delta-tables/index.ts",
  "src/testing/index.ts",
];

function documented(): readonly Documented[] {
  const files = entries.map((path) => join(root, path));
  const options: ts.CompilerOptions = {
    ...{ module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2024, types: ["node"], skipLibCheck: true },
    ...{ allowImportingTsExtensions: true, noEmit: true, customConditions: ["lakewright:source"] },
  };
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
    return checker.getExportsOfModule(module).flatMap((symbol) => documentedOf(checker, symbol));
  });
}

function documentedOf(checker: ts.TypeChecker, exported: ts.Symbol): readonly Documented[] {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const members = (symbol.declarations ?? [])
    .filter((declaration) => ts.isClassDeclaration(declaration))
    .flatMap((declaration) => declaration.members.filter(isPublic))
    .map((member) => checker.getSymbolAtLocation(member.name!)!);
  const called = (symbol.flags & ts.SymbolFlags.Function) !== 0;
  return [
    described(checker, symbol, exported.name, called),
    ...[...new Set(members)].map((member) =>
      described(checker, member, `${exported.name}.${member.name}`, (member.flags & ts.SymbolFlags.Method) !== 0),
    ),
  ];
}

function described(checker: ts.TypeChecker, symbol: ts.Symbol, name: string, called: boolean): Documented {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
  return { name, text, tags: symbol.getJsDocTags(checker).map((tag) => tag.name), called };
}

function isPublic(member: ts.ClassElement): boolean {
  if (member.name === undefined || ts.isPrivateIdentifier(member.name) || ts.isComputedPropertyName(member.name))
    return false;
  const isHidden = ts.getJSDocTags(member).some((tag) => tag.tagName.text === "internal");
  const isPrivate = (ts.getCombinedModifierFlags(member) & hiding) !== 0;
  return !isHidden && !isPrivate;
}

const all = documented();

describe("the documentation of the public surface", () => {
  test("has a sentence for each export and each public member", () => {
    expect(all.length).toBeGreaterThan(600);
    expect(all.filter(({ text }) => !/[.:!?…]$/m.test(text)).map(({ name }) => name)).toEqual([]);
  });

  test("has an example for each function and each method", () => {
    const called = all.filter((entry) => entry.called);
    expect(called.filter(({ tags }) => !tags.includes("example")).map(({ name }) => name)).toEqual([]);
  });
});
