import type { Import } from "./import-graph.ts";
import { areas, common, firstRingOnNode, onNode, packages } from "./rules.ts";

/** Why an import is not allowed, or undefined when it is. */
export function violation(edge: Import): string | undefined {
  const reason = edge.to.endsWith(".ts") ? refusedSource(edge) : refusedModule(edge);
  return reason && `${edge.from} imports ${edge.typeOnly ? "types of " : ""}${edge.to}: ${reason}`;
}

/** The area that owns a path, or undefined when the table has none. */
export function areaOf(path: string): string | undefined {
  const owners = Object.keys(areas).filter((area) => isWithin(path, area));
  return owners.sort((left, right) => right.length - left.length)[0];
}

/** Each group of files that import one another by value, sorted; a file that imports itself is a group too. */
export function cycles(edges: readonly Import[]): string[][] {
  const targets = Map.groupBy(
    edges.filter((edge) => !edge.typeOnly),
    (edge) => edge.from,
  );
  const reachable = new Map([...targets.keys()].map((file) => [file, reachableFrom(file, targets)]));
  const groups = [...reachable.keys()].map((file) =>
    [...(reachable.get(file) ?? [])].filter((other) => reachable.get(other)?.has(file)).sort(),
  );
  return [...new Map(groups.filter((group) => group.length > 0).map((group) => [group.join(), group])).values()];
}

function refusedSource({ from, to, typeOnly }: Import): string | undefined {
  const [source, target] = [areaOf(from), areaOf(to)];
  if (source === undefined || target === undefined) return "the rules have no area for it";
  if (source === target || target === common) return undefined;
  const { ring, imports, importsTypesOf = [] } = areas[source]!;
  const { ring: targetRing, importedBy } = areas[target]!;
  if (targetRing > ring) return `ring ${ring} may not import ring ${targetRing}`;
  if (importedBy && !importedBy.includes(source)) return `only ${importedBy} may import ${target}`;
  if (!imports || imports.includes(target) || (typeOnly && importsTypesOf.includes(target))) return undefined;
  return importsTypesOf.includes(target)
    ? `${source} may import only types of ${target}`
    : `${source} may import only ${[common, ...imports].join(", ")}`;
}

function refusedModule({ from, to }: Import): string | undefined {
  const source = areaOf(from);
  if (source === undefined) return "the rules have no area for it";
  if (to.startsWith("node:")) {
    const allowed = areas[source]!.ring >= firstRingOnNode || onNode.some((path) => isWithin(from, path));
    return allowed ? undefined : `below ring ${firstRingOnNode} only ${onNode.join(", ")} may use Node's modules`;
  }
  const allowed = packages[to];
  if (allowed === undefined) return "neither a source file nor a package that the rules know";
  return allowed.some((path) => isWithin(from, path)) ? undefined : `only ${allowed.join(", ")} may import it`;
}

function isWithin(path: string, area: string): boolean {
  return path === area || path.startsWith(`${area}/`);
}

function reachableFrom(start: string, targets: ReadonlyMap<string, readonly Import[]>): Set<string> {
  const reached = new Set<string>();
  const pending = [start];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    const next = (targets.get(file) ?? []).map((edge) => edge.to).filter((to) => !reached.has(to));
    for (const to of next) reached.add(to);
    pending.push(...next);
  }
  return reached;
}
