/** What names mean to one session: temporary views first, then the tables and views of its current namespace. */
import { Catalogue, defaultNamespace } from "../catalogue/catalogue.ts";
import { catalogName, noSuchCatalog, noSuchRelation, notSinglePart, shown, shownWhole } from "../catalogue/errors.ts";
import type { CatalogueRelation, QualifiedName, TableObject } from "../catalogue/objects.ts";
import type { Configuration } from "../dataframe/configuration.ts";
import { AnalysisError } from "../errors.ts";
import type { ObjectName } from "../plan/catalogue-command.ts";
import { resolveUri } from "../storage/path.ts";
import type { Storage } from "../storage/storage.ts";
import { pathTable } from "./tables/path-table.ts";
import { TemporaryFunctions } from "./temporary-functions.ts";
import { globalNamespace, type TemporaryView, Views } from "./views.ts";

/** What a name means. */
export type Found =
  | { readonly is: "temporary view"; readonly view: TemporaryView }
  | { readonly is: "relation"; readonly relation: CatalogueRelation };

export class SessionCatalogue {
  readonly views = new Views();
  readonly functions = new TemporaryFunctions();
  readonly #configuration: Configuration;
  readonly #storage: Storage;
  #current = defaultNamespace;
  #catalogue: Catalogue | undefined;

  constructor(configuration: Configuration, storage: Storage) {
    this.#configuration = configuration;
    this.#storage = storage;
  }

  /** The catalogue of the warehouse that the session was set to when it first needed one. */
  get catalogue(): Catalogue {
    const folder = this.#configuration.get("spark.sql.warehouse.dir");
    this.#catalogue ??= new Catalogue(this.#storage, resolveUri(folder));
    return this.#catalogue;
  }

  /** The current namespace. */
  get current(): string {
    return this.#current;
  }

  /** @throws AnalysisError `SCHEMA_NOT_FOUND`, `CATALOG_NOT_FOUND` */
  async use(name: ObjectName): Promise<void> {
    if (name.length === 1 && name[0]!.toLowerCase() === catalogName) return;
    this.#current = (await this.catalogue.namespace(this.namespaceName(name))).name;
  }

  /**
   * The name of a namespace.
   *
   * @throws AnalysisError for more parts than a catalogue and a namespace
   */
  namespaceName(name: ObjectName | undefined): string {
    if (name === undefined || name.length === 0) return this.#current;
    const parts = name.map((part) => part.toLowerCase());
    if (parts.length > 1 && parts[0] !== catalogName)
      throw parts.length === 2 ? notSinglePart(name) : noSuchCatalog(name[0]!);
    if (parts.length > 2) throw notSinglePart(name.slice(1));
    return parts.at(-1)!;
  }

  /**
   * The place of an object in the catalogue.
   *
   * @param name - as written, with or without the catalogue and the namespace
   * @throws AnalysisError for names of too many parts and catalogues that there are not
   */
  qualified(name: ObjectName, current = this.#current): QualifiedName {
    const parts = name.map((part) => part.toLowerCase());
    if (parts.length === 1) return { namespace: current, name: parts[0]! };
    if (parts.length === 2) return { namespace: parts[0]!, name: parts[1]! };
    if (parts[0] !== catalogName) throw noSuchCatalog(name[0]!);
    if (parts.length > 3) throw notSinglePart(name.slice(1));
    return { namespace: parts[1]!, name: parts[2]! };
  }

  /** What a name means; undefined when it means nothing. */
  async find(name: ObjectName, current = this.#current): Promise<Found | undefined> {
    const view = this.views.find(name);
    if (view !== undefined) return { is: "temporary view", view };
    const place = this.#placeOf(name, current);
    const relation = place === undefined ? undefined : await this.catalogue.relation(place);
    return relation === undefined ? undefined : { is: "relation", relation };
  }

  // A catalogue that there is not holds no table.
  #placeOf(name: ObjectName, current: string): QualifiedName | undefined {
    if (name.length > 3 || (name.length === 3 && name[0]!.toLowerCase() !== catalogName)) return undefined;
    return this.qualified(name, current);
  }

  /** @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND` */
  async lookUp(name: ObjectName, current = this.#current): Promise<Found> {
    const found = await this.find(name, current);
    if (found === undefined) throw await this.notFound(name, current);
    return found;
  }

  /** The error for a name that means nothing, with those that are near. */
  async notFound(name: ObjectName, current = this.#current, isRead = false): Promise<AnalysisError> {
    const namespace = name.length === 1 ? current : name.at(-2)!.toLowerCase();
    const existing = namespace === globalNamespace ? [] : await this.catalogue.relations(namespace);
    return noSuchRelation(name, [...existing, ...this.views.names(false)], current, isRead);
  }

  /**
   * A table, for a statement that needs one.
   *
   * @param operation - the statement, for the error
   * @param hasTwin - whether there is the same statement for views
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`, `EXPECT_TABLE_NOT_VIEW`
   */
  async table(name: ObjectName, operation: string, hasTwin = false): Promise<TableObject> {
    const found = await this.find(name);
    const path = found === undefined ? pathTable(name) : undefined;
    if (path !== undefined) return path;
    if (found === undefined) throw await this.notFound(name);
    if (found.is === "temporary view") throw tableExpected(shown(name), operation, hasTwin);
    if (found.relation.kind === "view") throw tableExpected(shownWhole(found.relation), operation, hasTwin);
    return found.relation;
  }
}

/** The error for a view where a statement takes tables only. */
export const tableExpected = (name: string, operation: string, hasTwin: boolean): AnalysisError =>
  new AnalysisError(`'${operation}' expects a table but ${name} is a view`, {
    condition: `EXPECT_TABLE_NOT_VIEW.${hasTwin ? "USE_ALTER_VIEW" : "NO_ALTERNATIVE"}`,
    sqlState: "42809",
    parameters: { viewName: name, operation },
    hint: hasTwin ? "Please use ALTER VIEW instead." : "Name the table that the view reads.",
  });
