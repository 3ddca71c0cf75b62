/** Decides from a file's name and size whether it may be copied from a key. Its bytes are checked on copy. Pure. */
import type { DocumentRefusal } from '../../contract/documents.ts';
import type { FileOnKey, JudgedKeyFile } from '../../devices/usb-keys.ts';
import { MAX_FILE_BYTES } from './stored-document.ts';

const named = (list: string, judged: JudgedKeyFile): readonly (readonly [string, JudgedKeyFile])[] =>
  list.split(' ').map((extension) => [extension, judged] as const);
const taken = (kind: FileOnKey['kind']): JudgedKeyFile => ({ kind, refused: null });
const refused = (reason: DocumentRefusal): JudgedKeyFile => ({ kind: 'other', refused: reason });

const BY_EXTENSION: ReadonlyMap<string, JudgedKeyFile> = new Map([
  ...named('pdf', taken('pdf')),
  ...named('jpg jpeg jpe jfif png webp gif tif tiff bmp dib heic heif hif avif', taken('picture')),
  ...named('docx docm dotx odt ott doc dot rtf txt text csv ics', taken('letter')),
  ...named('zip rar 7z gz tgz tar bz2 xz iso cab', refused('archive')),
  ...named('exe msi bat cmd com scr pif js vbs ps1 sh jar apk dmg app lnk url dll inf reg', refused('program')),
  ...named('xls xlsx xlsm ods ppt pptx pps ppsx odp pub pages numbers key odg vsd mdb accdb', refused('office')),
  ...named('mp4 m4v mov avi mkv webm wmv mpg mpeg 3gp mts vob mp3 m4a aac wav ogg opus flac wma', refused('media')),
]);

/** A file without an extension is accepted as `other`: its bytes decide when it is copied. */
export const judgeKeyFile = (name: string, sizeBytes: number, maxBytes = MAX_FILE_BYTES): JudgedKeyFile => {
  const dot = name.lastIndexOf('.');
  const judged = dot < 0 ? taken('other') : (BY_EXTENSION.get(name.slice(dot + 1).toLowerCase()) ?? refused('unknown'));
  if (judged.refused !== null) return judged;
  if (sizeBytes === 0) return { ...judged, refused: 'empty' };
  return sizeBytes > maxBytes ? { ...judged, refused: 'too-large' } : judged;
};
