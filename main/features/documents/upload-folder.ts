/**
 * The only place where a document of the session is readable on a file system: in a RAM folder of this session, for the
 * seconds that a site's file input needs. Each loan has its own sub-folder with a random name, so two documents may
 * have the same file name.
 *
 * File names contain no words of the person, since `/proc` and the browser's processes show paths. The name for the
 * site is made from the kind of paper ("attestation-caf-1.pdf"), never from what the person or a site typed.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { FileReaders, PrivateFiles } from '../../platform/private-files.ts';
import type { WipeStep } from '../feature.ts';

export interface UploadFolderDeps {
  readonly files: PrivateFiles;
  readonly folder: string;
  /** The group of the guests' browsers when they run as another account (a kiosk started as root). */
  readonly readers?: FileReaders;
}

export interface LentFile {
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array> | Uint8Array;
}

export interface Loan {
  readonly paths: readonly string[];
  /** Removes the plain files. Safe to call twice. */
  release(): Promise<void>;
}

export interface UploadFolder {
  lend(documents: readonly LentFile[]): Promise<Loan>;
  readonly wipeStep: WipeStep;
}

export const createUploadFolder = (deps: UploadFolderDeps): UploadFolder => {
  const { files, folder, readers } = deps;
  const writing = new Set<Promise<unknown>>();
  const write = async (documents: readonly LentFile[]): Promise<Loan> => {
    await files.makeFolder(folder, readers);
    const loan = join(folder, randomUUID());
    const release = (): Promise<void> => files.remove(loan);
    try {
      await files.makeFolder(loan, readers);
      const paths: string[] = [];
      for (const { name, content } of documents) {
        const out = await files.create(loan, name, readers);
        try {
          if (content instanceof Uint8Array) await out.write([content]);
          else for await (const piece of content) await out.write([piece]);
        } finally {
          await out.close();
        }
        paths.push(join(loan, name));
      }
      return { paths, release };
    } catch (error) {
      await release().catch(() => undefined); // `leftovers` reports what remains
      throw error;
    }
  };
  return {
    async lend(documents) {
      const work = write(documents);
      writing.add(work);
      try {
        return await work;
      } finally {
        writing.delete(work);
      }
    },
    wipeStep: {
      name: 'uploads',
      async wipe() {
        // A loan that is still being written would make its folder again.
        await Promise.allSettled(writing);
        await files.remove(folder).catch(() => undefined); // `leftovers` reports what remains
      },
      async leftovers() {
        const names = await files.list(folder).catch(() => ['?']);
        return names.length === 0 ? [] : [`${names.length} dossier(s) d’envoi`];
      },
    },
  };
};
