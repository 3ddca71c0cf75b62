/** The pictures of the session's documents, for our own screens. The contract lists their paths. */
import type { DecoderClient } from '../../platform/decoders/client.ts';
import type { Bytes } from '../feature.ts';
import type { DocumentsSession } from './documents-session.ts';
import type { DocumentOperations } from './work/operations.ts';

const WIDTH_PX = 1200;
/** It is shown as wide as the screen. */
const FORM_WIDTH_PX = 1600;

export const documentBytes = async (
  documentDecoder: DecoderClient<DocumentOperations>,
  { tray, vault, draw }: DocumentsSession,
  path: string,
): Promise<Bytes | undefined> => {
  const match = /^([0-9a-f-]{36})\/(?:(thumb)|(\d{1,4})(\.form)?)\.jpg$/.exec(path.split('?')[0] ?? '');
  const document = match && tray.find(match[1] ?? '');
  if (!match || !document) return undefined;
  if (match[2]) {
    const body = await vault.read(document.thumb);
    return body && { type: 'image/jpeg', body };
  }
  const page = Number(match[3]);
  const master = document.masters[page - 1];
  if (page < 1 || page > document.pages) return undefined;
  return draw(async () => {
    const content = await vault.read(master?.file ?? document.file);
    if (!content) return undefined;
    const drawn = await documentDecoder.ask('draw', {
      source: { kind: master ? 'picture' : document.format, bytes: content },
      page: master ? 1 : page,
      widthPx: match[4] ? FORM_WIDTH_PX : WIDTH_PX,
      form: match[4] !== undefined,
    });
    return drawn.ok ? { type: 'image/jpeg', body: drawn.value } : undefined;
  });
};
