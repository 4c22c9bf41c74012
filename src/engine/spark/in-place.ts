/** Rows of answers where numbers of 64 bits can be looked at in place. */

// Shorter buffers of Node.js may be parts of one that others have parts of too.
const shortest = 8192;

/**
 * The same bytes at a multiple of eight of their buffer, moved there over what comes before them in their message. A copy of
 * each answer would double the memory that results take on their way, and the collector's work with it.
 *
 * @param bytes - a field of a message that was read, all of it; not to be used any more
 */
export function atEight(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, length } = bytes;
  const by = byteOffset % 8;
  if (by === 0 || length < shortest) return bytes;
  new Uint8Array(buffer).copyWithin(byteOffset - by, byteOffset, byteOffset + length);
  return new Uint8Array(buffer, byteOffset - by, length);
}
