/** What an editor shows on hovering: each export and each public method has a sentence, and methods an example. */
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { root } from "./blocks.ts";

interface Documented {
  readonly name: string;
  readonly text: string;
  readonly tags: readonly string[];
  /** A method of a class or a function: something that an example calls. */
  readonly called: boolean;
  /** Its parameters of which nothing is said. */
  readonly silent: readonly string[];
}

type Called = ts.MethodDeclaration | ts.MethodSignature | ts.FunctionDeclaration;

/** What is overridden is documented where it comes from. */
const hiding = ts.ModifierFlags.NonPublicAccessibilityModifier | ts.ModifierFlags.Override;

const entries = [
  "src/index.ts",
  "src/functions/index.ts",
  "src/arrow/index.ts",
  "src/delta-tables/index.ts",
  "src/testing/index.ts",
];

/** The classes of what exports are or give, though no entry exports them. */
const given = [
  ...["function-registration", "null-functions", "session", "session-builder", "statistic-functions"],
  "table-functions",
].map((name) => `src/dataframe/${name}.ts`);

function documented(paths: readonly string[]): readonly Documented[] {
  const files = paths.map((path) => join(root, path));
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
    .flatMap(publicMembers)
    .map((member) => checker.getSymbolAtLocation(member.name!)!);
  return [
    described(checker, symbol, exported.name),
    ...[...new Set(members)].map((member) => described(checker, member, `${exported.name}.${member.name}`)),
  ];
}

/** Of interfaces only the methods: properties are described where their objects are given. */
function publicMembers(declaration: ts.Declaration): readonly (ts.ClassElement | ts.TypeElement)[] {
  if (ts.isClassDeclaration(declaration)) return declaration.members.filter(isPublic);
  return ts.isInterfaceDeclaration(declaration)
    ? declaration.members.filter(ts.isMethodSignature).filter(isPublic)
    : [];
}

function described(checker: ts.TypeChecker, symbol: ts.Symbol, name: string): Documented {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
  const called = (symbol.declarations ?? []).some((node) => isCalled(node) && !ts.isMethodSignature(node));
  const tags = symbol.getJsDocTags(checker).map((tag) => tag.name);
  return { name, text, tags, called, silent: silentParameters(symbol) };
}

/** What one overload says of a parameter holds for all that have it. */
function silentParameters(symbol: ts.Symbol): readonly string[] {
  const declarations = (symbol.declarations ?? []).filter(isCalled);
  const overloads = declarations.filter((declaration) => !("body" in declaration) || declaration.body === undefined);
  const seen = overloads.length === 0 ? declarations : overloads;
  const tags = seen.flatMap((declaration) => ts.getJSDocTags(declaration)).filter((tag) => ts.isJSDocParameterTag(tag));
  const said = new Set(["this", ...tags.filter(isSaid).map(nameOf)]);
  const silent = seen
    .flatMap(({ parameters }) => [...parameters])
    .filter((parameter) => !said.has(nameOf(parameter)) && !ts.getJSDocParameterTags(parameter).some(isSaid));
  return [...new Set(silent.map(nameOf))];
}

const isCalled = (node: ts.Node): node is Called =>
  ts.isMethodDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isMethodSignature(node);
const isSaid = ({ comment }: ts.JSDocTag): boolean => /\w/.test(ts.getTextOfJSDocComment(comment) ?? "");
const nameOf = ({ name }: ts.ParameterDeclaration | ts.JSDocParameterTag): string => name.getText();

function isPublic(member: ts.ClassElement | ts.TypeElement): boolean {
  if (member.name === undefined || ts.isPrivateIdentifier(member.name) || ts.isComputedPropertyName(member.name))
    return false;
  const isHidden = ts.getJSDocTags(member).some((tag) => tag.tagName.text === "internal");
  const isPrivate = (ts.getCombinedModifierFlags(member) & hiding) !== 0;
  return !isHidden && !isPrivate;
}

const all = [...documented(entries), ...documented(given).filter(({ name }) => name.includes("."))];

describe("the documentation of the public surface", () => {
  test("has a sentence for each export and each public member", () => {
    expect(all.length).toBeGreaterThan(600);
    expect(all.filter(({ text }) => !/[.:!?…]$/m.test(text)).map(({ name }) => name)).toEqual([]);
  });

  test("has an example for each function and each method", () => {
    const called = all.filter((entry) => entry.called);
    expect(called.filter(({ tags }) => !tags.includes("example")).map(({ name }) => name)).toEqual([]);
  });

  test("says what each parameter of a function and a method is", () => {
    expect(all.flatMap(({ name, silent }) => silent.map((parameter) => `${name}: ${parameter}`))).toEqual([]);
  });
});
