/**
 * Builds "Mes documents" with the vault and upload folder in memory, the document decoder, and USB keys through udisks.
 */
import { documentsCounters } from './counters.ts';
import { createDocuments, type DocumentsDeps } from './documents.ts';
import { documentsEvents } from './events.ts';
import { documentsSection } from './section.ts';
import { defineFeature } from '../feature.ts';
import { judgeKeyFile } from './judge-key-file.ts';
import { createOffice } from './conversions/office.ts';
import { createUploadFolder } from './upload-folder.ts';
import { createUdisksKeys } from '../../devices/udisks/udisks-keys.ts';
import { createVault } from './vault.ts';
import type { DocumentOperations } from './work/operations.ts';
import { readTypeface } from '../../pdf/typeface.ts';
import { besideArchive } from '../../platform/app-root.ts';
import { createDecoderClient } from '../../platform/decoders/client.ts';
import { treeUse } from '../../platform/process-tree.ts';
import { follow } from '../../platform/follow.ts';
import { systemPrivateFiles } from '../../platform/private-files.ts';
import { run } from '../../platform/run.ts';

export const documentsFeature = defineFeature({
  name: 'documents',
  counters: documentsCounters,
  events: documentsEvents,
  section: documentsSection,
  open(kiosk, ports: Pick<DocumentsDeps, 'readInFrench'>) {
    const { clock, files, config, folders, guestAccount, decoderOf } = kiosk;
    const documents = createDocuments({
      ...kiosk,
      ...ports,
      openVault: () =>
        createVault({
          files: systemPrivateFiles,
          folder: `${folders.session}/vault`,
          maxBytes: config.site.vault.maxBytes,
        }),
      uploads: createUploadFolder({
        files: systemPrivateFiles,
        folder: `${folders.session}/uploads`,
        ...(guestAccount ? { readers: guestAccount } : {}),
      }),
      documentDecoder: createDecoderClient<DocumentOperations>({
        startDecoder: decoderOf(new URL('./work/document-decoder.ts', import.meta.url)),
        clock,
        // The person waits for `inspect`. Fitting fifty pages to a site's limit is slow by nature.
        timeoutMs: (operation) => (operation === 'inspect' ? 30_000 : 60_000),
        maxHeapMb: 512,
      }),
      // The sandbox exists on Linux only, and nothing is ever opened without it.
      office:
        process.platform === 'linux'
          ? createOffice({ run, clock, logger: kiosk.logger, account: guestAccount, treeUse })
          : undefined,
      uploadOf: (id) => config.demarches.find((one) => one.id === id)?.upload ?? null,
      typeface: () => readTypeface(files, besideArchive('resources/fonts')),
      keys:
        config.site.usbKeys && process.platform === 'linux'
          ? createUdisksKeys({ run, files, clock, follow, judge: judgeKeyFile })
          : undefined,
    });
    return { ...documents, lastWipe: documents.usbKeyWipe };
  },
});
