/** The documents feature with its real vault and its real decoder, in a temporary folder. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentsContract, type DocumentsContract } from '../../../main/contract/documents.ts';
import type { Handlers, StateOf } from '../../../main/contract/define.ts';
import { createDocuments, type Documents } from '../../../main/features/documents/documents.ts';
import type { UploadLimits } from '../../../main/features/documents/give-to-site.ts';
import { createUploadFolder } from '../../../main/features/documents/upload-folder.ts';
import type { Office } from '../../../main/features/documents/conversions/office.ts';
import type { UsbKeys } from '../../../main/devices/usb-keys.ts';
import { createVault } from '../../../main/features/documents/vault.ts';
import type { DocumentOperations } from '../../../main/features/documents/work/operations.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { createDecoderClient } from '../../../main/platform/decoders/client.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { readTypeface } from '../../../main/pdf/typeface.ts';
import { besideArchive } from '../../../main/platform/app-root.ts';
import { systemPrivateFiles } from '../../../main/platform/private-files.ts';
import { asDispatched } from '../as-dispatched.ts';
import { startDocumentDecoder } from '../decoders.ts';
import { createSpeech } from '../../../main/features/speech/speech.ts';
import type { Bytes } from '../../../main/features/feature.ts';
import { createMemorySpeech, type MemorySpeechController } from '../speech/memory-speech.ts';

export interface DocumentsFixture {
  readonly documents: Omit<Documents, 'handlers'> & { readonly handlers: Handlers<DocumentsContract> };
  readonly folder: string;
  readonly state: () => StateOf<DocumentsContract>;
  readonly counted: string[];
  readonly voice: MemorySpeechController;
  /** `<reading>/<part>.wav` */
  sound(path: string): Promise<Bytes | undefined>;
  /** What the démarches say of their sites. */
  readonly uploads: Map<string, UploadLimits>;
  /**
   * Hands over a file downloaded from a site, and checks that no unencrypted copy is left. `asked`: whether the person
   * asked for the download by pressing something.
   */
  download(name: string, content: Uint8Array | string, asked?: boolean): Promise<void>;
  /** Ends the session and begins the next one. Returns what was left over in between. */
  wipe(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** The state's `refused` when one file was not kept. */
export const because = (reason: string): object => ({ reasons: [{ reason, count: 1 }], announced: true });

export const documentsFixture = async (
  over: { maxBytes?: number; keys?: UsbKeys; office?: Office } = {},
): Promise<DocumentsFixture> => {
  const folder = await mkdtemp(join(tmpdir(), 'documents-'));
  const documentDecoder = createDecoderClient<DocumentOperations>({
    startDecoder: startDocumentDecoder,
    clock: systemClock,
    timeoutMs: () => 60_000,
    maxHeapMb: 512,
  });
  let state: StateOf<DocumentsContract> | undefined;
  const counted: string[] = [];
  const uploads = new Map<string, UploadLimits>();
  const { speech, controller: voice } = createMemorySpeech();
  const aloud = createSpeech({
    speech,
    logger: silentLogger,
    idleLocks: { acquire: () => () => undefined },
    publish: () => undefined,
  });
  const made = createDocuments({
    openVault: () =>
      createVault({
        files: systemPrivateFiles,
        folder: join(folder, 'vault'),
        maxBytes: over.maxBytes ?? 100_000_000,
      }),
    uploads: createUploadFolder({ files: systemPrivateFiles, folder: join(folder, 'uploads') }),
    documentDecoder,
    office: over.office,
    files: systemFiles,
    clock: systemClock,
    logger: silentLogger,
    publish: (next) => (state = next),
    counts: { add: (measure, _key?, n = 1) => void counted.push(`${measure}:${n}`) },
    idleLocks: { acquire: () => () => undefined },
    keys: over.keys,
    readInFrench: (texts, from) => aloud.readInFrench(texts, from),
    uploadOf: (demarche) => uploads.get(demarche) ?? null,
    typeface: () => readTypeface(systemFiles, besideArchive('resources/fonts')),
    newRef: () => 'A1B2C3',
  });
  const documents = {
    ...made,
    handlers: asDispatched(documentsContract, made),
    begin() {
      aloud.begin();
      made.begin();
    },
  };
  documents.begin();
  const steps = [...aloud.wipes, ...documents.wipes, documents.usbKeyWipe];
  return {
    documents,
    folder,
    counted,
    voice,
    sound: (path) => aloud.bytes?.(path) ?? Promise.resolve(undefined),
    uploads,
    state: () => state ?? documents.initial,
    async download(name, content, asked = true) {
      const path = join(folder, 'in', 'arriving');
      await mkdir(join(folder, 'in'), { recursive: true });
      await writeFile(path, content);
      await documents.takeDownload({ path, name, asked: Promise.resolve(asked), visit: {}, onKept: () => undefined });
      if ((await readdir(join(folder, 'in'))).length > 0) throw new Error('the downloaded file is still there');
    },
    async wipe() {
      for (const step of steps) await step.wipe();
      const left = (await Promise.all(steps.map((step) => step.leftovers()))).flat();
      documents.begin();
      return left;
    },
    async stop() {
      await documents.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
