/**
 * The stored files of the directory: the last two imports, the agent's corrections and the doubts that people reported.
 */
import { z } from 'zod';
import { correction } from '../../contract/directory.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { FileFailure, Files } from '../../platform/files.ts';
import { placeSchema } from './place.ts';

const importedSchema = z.strictObject({
  version: z.literal(1),
  /** 2026-11-26. */
  importedOn: z.string(),
  files: z.array(z.string()).readonly(),
  places: z.array(placeSchema).readonly(),
});
export type Imported = z.output<typeof importedSchema>;

const correctionsSchema = z.record(z.string(), z.strictObject({ on: z.string(), correction }));
/** By the id of the place. An empty correction means that the agent confirmed everything. */
export type Corrections = z.output<typeof correctionsSchema>;

const doubtsSchema = z.record(z.string(), z.int().positive());
/** Number of « Ce n’est plus vrai » by the id of the place. No date is stored, so nothing tells who was there. */
export type Doubts = z.output<typeof doubtsSchema>;

export type StoredFile = 'imported' | 'previous' | 'corrections' | 'doubts';

export interface DirectoryStore {
  /** A damaged file is moved aside and reported once through `onDamaged`. */
  imported(): Promise<Imported | undefined>;
  corrections(): Promise<Corrections>;
  doubts(): Promise<Doubts>;
  /** The current import becomes the previous one. */
  replaceImport(next: Imported): Promise<Result<null, FileFailure>>;
  /** Swaps the current and the previous import. Resolves to the restored import, or the reason of the failure. */
  restore(): Promise<Result<Imported, FileFailure | 'nothing'>>;
  saveCorrections(next: Corrections): Promise<boolean>;
  saveDoubts(next: Doubts): Promise<boolean>;
  /** Changes when another program (the command line) imported or corrected. */
  stamp(): Promise<string>;
}

export const createDirectoryStore = (deps: {
  readonly files: Files;
  /** Created at the first write. */
  readonly folder: string;
  readonly onDamaged: (file: StoredFile) => void;
}): DirectoryStore => {
  const { files, folder } = deps;
  const pathOf = (file: StoredFile): string => `${folder}/${file}.json`;
  const read = async <T>(file: StoredFile, schema: z.ZodType<T>): Promise<T | undefined> => {
    const text = await files.readText(pathOf(file));
    if (!text.ok) {
      if (text.error.kind !== 'missing') deps.onDamaged(file);
      return undefined;
    }
    try {
      const parsed = schema.safeParse(JSON.parse(text.value));
      if (parsed.success) return parsed.data;
    } catch {
      // Not JSON: moved aside like any other damage.
    }
    await files.rename(pathOf(file), `${pathOf(file)}.damaged`);
    deps.onDamaged(file);
    return undefined;
  };
  const write = async (file: StoredFile, value: unknown): Promise<Result<null, FileFailure>> => {
    const made = await files.mkdir(folder, 0o700);
    return made.ok ? files.writeAtomic(pathOf(file), `${JSON.stringify(value)}\n`, { mode: 0o600 }) : made;
  };
  const modified = async (file: StoredFile): Promise<string> => {
    const facts = await files.stat(pathOf(file));
    return facts.ok ? `${facts.value.modifiedAtMs}/${facts.value.sizeBytes}` : '-';
  };
  return {
    imported: () => read('imported', importedSchema),
    corrections: async () => (await read('corrections', correctionsSchema)) ?? {},
    doubts: async () => (await read('doubts', doubtsSchema)) ?? {},
    async replaceImport(next) {
      const current = await files.readText(pathOf('imported'));
      // Write the copy first: if the next write fails, a complete directory is still there.
      if (current.ok) {
        const kept = await files.writeAtomic(pathOf('previous'), current.value, { mode: 0o600 });
        if (!kept.ok) return kept;
      }
      return write('imported', next);
    },
    async restore() {
      const previous = await read('previous', importedSchema);
      if (!previous) return fail('nothing');
      const replaced = await this.replaceImport(previous);
      return replaced.ok ? ok(previous) : replaced;
    },
    saveCorrections: async (next) => (await write('corrections', next)).ok,
    saveDoubts: async (next) => (await write('doubts', next)).ok,
    stamp: async () => (await Promise.all((['imported', 'corrections'] as const).map(modified))).join(' '),
  };
};
