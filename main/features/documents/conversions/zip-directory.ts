/** Reads a ZIP's directory: enough to distinguish a letter from an archive of files. The input is untrusted. */
import { inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** With `/` between its folders. */
  readonly name: string;
  /** `locked`: encrypted by a password. */
  readonly packing: 'stored' | 'deflated' | 'locked' | 'unknown-packing';
  readonly packedBytes: number;
  /** What the directory claims. */
  readonly plainBytes: number;
  readonly at: number;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** How many entries there should be: more than `entries` when the directory is damaged or longer than we read. */
  readonly count: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** Length of the end record and of the longest comment that may follow it. */
const END_REACH = 22 + 65_535;
const MAX_ENTRIES = 5_000;
const ENCRYPTED = 0x0001;
const PACKINGS: Readonly<Record<number, ZipEntry['packing']>> = { 0: 'stored', 8: 'deflated' };

/** The upper half of CP850, in which Windows writes names in French; the letters of French are the same in CP437. */
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤' +
  'ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Many programs write UTF-8 without its flag, so look at the bytes. */
const nameOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : CP850[byte - 128])).join('');
  }
};

/** Undefined when there is no directory: the file is truncated or not a ZIP. */
export const zipDirectory = (bytes: Uint8Array): ZipDirectory | undefined => {
  const view = viewOf(bytes);
  let end = bytes.length - 22;
  const least = Math.max(0, bytes.length - END_REACH);
  while (end >= least && view.getUint32(end, true) !== END) end -= 1;
  if (end < least) return undefined;
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  while (entries.length < MAX_ENTRIES && at + 46 <= bytes.length && view.getUint32(at, true) === ENTRY) {
    const nameLength = view.getUint16(at + 28, true);
    const isEncrypted = (view.getUint16(at + 8, true) & ENCRYPTED) !== 0;
    entries.push({
      name: nameOf(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/'),
      packing: isEncrypted ? 'locked' : (PACKINGS[view.getUint16(at + 10, true)] ?? 'unknown-packing'),
      packedBytes: view.getUint32(at + 20, true),
      plainBytes: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return { entries, count: view.getUint16(end + 10, true) };
};

export const zipEntries = (bytes: Uint8Array): readonly ZipEntry[] | undefined => zipDirectory(bytes)?.entries;

/** The packed bytes of one entry; undefined when it is damaged. */
export const zipPacked = (bytes: Uint8Array, entry: ZipEntry): Uint8Array | undefined => {
  const view = viewOf(bytes);
  if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== LOCAL) return undefined;
  const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  return bytes.subarray(from, from + entry.packedBytes);
};

/** One small entry as text; undefined when it is damaged or larger than `maxBytes`. */
export const zipText = (bytes: Uint8Array, entry: ZipEntry, maxBytes: number): string | undefined => {
  const packed = zipPacked(bytes, entry);
  if (!packed) return undefined;
  try {
    const plain = entry.packing === 'deflated' ? inflateRawSync(packed, { maxOutputLength: maxBytes }) : packed;
    return plain.length > maxBytes ? undefined : new TextDecoder().decode(plain);
  } catch {
    return undefined;
  }
};
