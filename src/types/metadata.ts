/** What a metadata entry may hold: JSON. */
export type MetadataValue =
  | string
  | number
  | boolean
  | null
  | readonly MetadataValue[]
  | { readonly [name: string]: MetadataValue };

/** Free notes on a field, such as its comment; carried along by Spark's rules. */
export type Metadata = { readonly [name: string]: MetadataValue };
