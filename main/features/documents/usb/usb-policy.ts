/** What a key holds and what of it may be taken, and under which name something is written there. Pure. */
import type { DocumentRefusal } from '../../../contract/documents.ts';
import type { FileOnKey } from '../usb-keys.ts';

type Judged = Pick<FileOnKey, 'kind' | 'refused'>;

const named = (list: string, judged: Judged): readonly (readonly [string, Judged])[] =>
  list.split(' ').map((extension) => [extension, judged] as const);
const taken = (kind: FileOnKey['kind']): Judged => ({ kind, refused: null });
const refused = (reason: DocumentRefusal): Judged => ({ kind: 'other', refused: reason });

const BY_EXTENSION: ReadonlyMap<string, Judged> = new Map([
  ...named('pdf', taken('pdf')),
  ...named('jpg jpeg jpe jfif png webp gif tif tiff bmp dib heic heif hif avif', taken('picture')),
  ...named('docx docm dotx odt ott doc dot rtf txt text csv ics', taken('letter')),
  ...named('zip rar 7z gz tgz tar bz2 xz iso cab', refused('archive')),
  ...named('exe msi bat cmd com scr pif js vbs ps1 sh jar apk dmg app lnk url dll inf reg', refused('program')),
  ...named('xls xlsx xlsm ods ppt pptx pps ppsx odp pub pages numbers key odg vsd mdb accdb', refused('office')),
  ...named('mp4 m4v mov avi mkv webm wmv mpg mpeg 3gp mts vob mp3 m4a aac wav ogg opus flac wma', refused('media')),
]);

/** What systems write on a key for themselves: nobody looks for it, and nobody's own computer shows it. */
const OF_THE_SYSTEM = new Set(['system volume information', '$recycle.bin', 'thumbs.db', 'desktop.ini', 'lost+found']);

export const isOfTheSystem = (name: string): boolean =>
  name.startsWith('.') || name.startsWith('~$') || OF_THE_SYSTEM.has(name.toLowerCase());

/** By its name and size. One without an ending may be anything: its bytes will tell, when it is wanted. */
export const judge = (name: string, sizeBytes: number, maxBytes: number): Judged => {
  const dot = name.lastIndexOf('.');
  const judged = dot < 0 ? taken('other') : (BY_EXTENSION.get(name.slice(dot + 1).toLowerCase()) ?? refused('unknown'));
  if (judged.refused !== null) return judged;
  if (sizeBytes === 0) return { ...judged, refused: 'empty' };
  return sizeBytes > maxBytes ? { ...judged, refused: 'too-large' } : judged;
};

/**
 * A name as the screens show it. Signs that turn the direction of writing would show "facture-exe.pdf" for what is
 * "facture-fdp.exe": each is shown as a sign of its own instead.
 */
export const shownOnKey = (name: string): string => name.replace(/[\p{Bidi_Control}\p{Cc}]/gu, '\u{FFFD}');

/** Names that every key's file system takes (FAT32 is the strictest), never one that is already there. */
export const nameOnKey = (wanted: string, taken: ReadonlySet<string>): string => {
  const clean = wanted
    .normalize('NFC')
    .replace(/[\p{Bidi_Control}\p{Cc}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[. ]+$/, '');
  const dot = clean.lastIndexOf('.');
  const [base, extension] =
    dot > 0 ? [clean.slice(0, dot).slice(0, 100).trim(), clean.slice(dot)] : [clean.slice(0, 100) || 'document', ''];
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? `${base}${extension}` : `${base} (${n})${extension}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
};

export interface BlockDevice {
  readonly path: string;
  readonly fileSystem: string;
  readonly sizeBytes: number;
  readonly readOnly: boolean;
  readonly mountedAt: string | undefined;
}

const KNOWN_FILE_SYSTEMS = new Set(['vfat', 'exfat', 'ntfs', 'ext4', 'ext2', 'ext3']);

interface LsblkNode {
  readonly path?: string;
  readonly fstype?: string | null;
  readonly size?: number | string | null;
  readonly rm?: boolean | string;
  readonly hotplug?: boolean | string;
  readonly tran?: string | null;
  readonly ro?: boolean | string;
  readonly mountpoint?: string | null;
  readonly children?: readonly LsblkNode[];
}

const yes = (value: boolean | string | undefined): boolean => value === true || value === '1';

/** From `lsblk --json --bytes`: the first partition with a known file system of each removable USB disk. */
export const keysOf = (json: string): readonly BlockDevice[] => {
  let tree: { blockdevices?: readonly LsblkNode[] };
  try {
    tree = JSON.parse(json) as typeof tree;
  } catch {
    return []; // not lsblk's answer: no key
  }
  const found: BlockDevice[] = [];
  const visit = (node: LsblkNode, usb: boolean): void => {
    const here = usb || node.tran === 'usb' || (yes(node.hotplug) && yes(node.rm));
    if (here && node.path && node.fstype && KNOWN_FILE_SYSTEMS.has(node.fstype))
      found.push({
        path: node.path,
        fileSystem: node.fstype,
        sizeBytes: Number(node.size ?? 0),
        readOnly: yes(node.ro),
        mountedAt: node.mountpoint ?? undefined,
      });
    for (const child of node.children ?? []) visit(child, here);
  };
  for (const node of tree.blockdevices ?? []) visit(node, false);
  return found;
};
