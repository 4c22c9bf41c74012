/** The parts and the percent signs of URLs, as Java reads and writes them. */
import { condition } from "../../translate-failure.ts";

/** A URL's parts, `java.net.URI`'s getters. */
interface Parts {
  readonly scheme?: string | undefined;
  readonly authority?: string | undefined;
  readonly userInfo?: string | undefined;
  readonly host?: string | undefined;
  readonly path?: string | undefined;
  readonly query?: string | undefined;
  readonly fragment?: string | undefined;
}

const grammar = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
// Letters, digits, marks, escapes and what is neither ASCII nor space nor control.
const legal = /^(?:[\w\-.!~*'();:@&=+$,/?[\]]|%[0-9A-Fa-f]{2}|[^\x00-\x7f\p{Z}\p{Cc}])*$/u;
const server =
  /^(?:([^@]*)@)?((?:\[[^\]]*\])|(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*(?:[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?)\.?|(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3})(?::(\d*))?$/;

function partsOf(url: string): Parts | undefined {
  const match = grammar.exec(url);
  if (match === null) return undefined;
  const [, scheme, authority, path = "", query, fragment] = match;
  const texts = [authority, path, query, fragment];
  if (texts.some((text) => text !== undefined && !legal.test(text))) return undefined;
  if (/[[\]]/.test(path)) return undefined;
  if (scheme !== undefined && authority === undefined && path === "") return undefined;
  if (scheme === undefined && /^[^/]*:/.test(path)) return undefined;
  // Without a slash behind the colon there are no parts inside.
  if (scheme !== undefined && authority === undefined && !path.startsWith("/")) return { scheme, fragment };
  const [, userInfo, host] = server.exec(authority ?? "") ?? [];
  return { scheme, authority: authority === "" ? undefined : authority, userInfo, host, path, query, fragment };
}

const readers: Readonly<Record<string, (parts: Parts) => string | undefined>> = {
  HOST: ({ host }) => host,
  PATH: ({ path }) => path,
  QUERY: ({ query }) => query,
  REF: ({ fragment }) => fragment,
  PROTOCOL: ({ scheme }) => scheme,
  FILE: ({ path, query }) => (query === undefined ? path : `${path}?${query}`),
  AUTHORITY: ({ authority }) => authority,
  USERINFO: ({ userInfo }) => userInfo,
};

/**
 * A part of a URL, null where it has none.
 *
 * Source: `ParseUrl`.
 *
 * @param part - `HOST`, `PATH`, `QUERY`, `REF`, `PROTOCOL`, `FILE`, `AUTHORITY` or `USERINFO`
 * @throws ExecutionError `INVALID_URL`
 */
export function urlPart(url: string, part: string): string | undefined {
  const parts = partsOf(url);
  if (parts === undefined) throw condition("INVALID_URL", { url });
  return readers[part]?.(parts);
}

/** The value of a key in a URL's query. */
export function urlQueryValue(url: string, part: string, key: string): string | undefined {
  if (part !== "QUERY") return undefined;
  const query = urlPart(url, part);
  return query === undefined ? undefined : new RegExp(`(?:&|^)${key}=([^&]*)`).exec(query)?.[1];
}

/** Text for a form: letters, digits and `-_.*` stay, spaces are plus signs. */
export const formEncoded = (text: string): string =>
  encodeURIComponent(text.toWellFormed())
    .replaceAll("%20", "+")
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The text that was encoded for a form.
 *
 * Source: `java.net.URLDecoder`.
 *
 * @returns undefined where a percent sign is not followed by two digits
 */
export function formDecoded(text: string): string | undefined {
  const spaced = text.replaceAll("+", " ");
  if (/%(?![0-9A-Fa-f]{2})/.test(spaced)) return undefined;
  return spaced.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"));
}

/**
 * The text that was encoded for a form.
 *
 * @throws ExecutionError `CANNOT_DECODE_URL`
 */
export function checkedFormDecoded(url: string): string {
  const text = formDecoded(url);
  if (text === undefined) throw condition("CANNOT_DECODE_URL", { url });
  return text;
}
