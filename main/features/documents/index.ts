/** "Mes documents" on this machine: the vault and the lent files in memory, the document thread, the keys that udisks sees. */
import { createEspeakSpeech } from '../../devices/espeak/espeak-speech.ts';
import { createDocuments, type Documents, type DocumentsDeps } from './documents.ts';
import { judgeKeyFile } from './judge-key-file.ts';
import { createOffice } from './conversions/office.ts';
import { createUploadFolder } from './upload-folder.ts';
import { createUdisksKeys } from '../../devices/udisks/udisks-keys.ts';
import { createVault } from './vault.ts';
import type { DocumentOperations } from './work/operations.ts';
import { createAskThread } from '../../platform/ask-thread.ts';
import { childrenNamed, treeUse } from '../../platform/process-tree.ts';
import { follow } from '../../platform/follow.ts';
import type { Owner } from '../../platform/memory-folder.ts';
import { systemPrivateFiles } from '../../platform/private-files.ts';
import { run } from '../../platform/run.ts';
import type { KioskSystem } from '../system.ts';

export interface DocumentsPorts extends Pick<DocumentsDeps, 'publish' | 'counts' | 'holds' | 'newRef' | 'interrupted'> {
  /** The browsers' account, when it is not ours: its group reads what a site is given, and letters are converted as it. */
  readonly guestAccount: Owner | undefined;
}

export const openDocuments = (system: KioskSystem, ports: DocumentsPorts): Documents => {
  const { clock, files, config, folders, decoderOf } = system;
  const { guestAccount, ...rest } = ports;
  return createDocuments({
    ...system,
    ...rest,
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
    workshop: createAskThread<DocumentOperations>({
      startThread: decoderOf(new URL('./work/document-thread.ts', import.meta.url)),
      clock,
      // Looking at what came in is waited for; fitting fifty pages to a site's limit is slow by its nature.
      timeoutMs: (operation) => (operation === 'inspect' ? 30_000 : 60_000),
      maxHeapMb: 512,
    }),
    // Its sandbox is Linux's own. Nothing is ever opened without it.
    office:
      process.platform === 'linux'
        ? createOffice({ run, clock, logger: system.logger, account: guestAccount, treeUse })
        : undefined,
    speech: createEspeakSpeech({ run, childrenNamed }),
    keys:
      config.site.usbKeys && process.platform === 'linux'
        ? createUdisksKeys({ run, files, clock, follow, judge: judgeKeyFile })
        : undefined,
  });
};
