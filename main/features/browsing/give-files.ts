/**
 * Attaches documents from the tray to a file input of the site. Their decrypted copies exist only while the page may
 * read them.
 */
import type { DemarcheConfig } from '../../config/kiosk-config.ts';
import { failure, ok, type Failure, type Result } from '../../contract/result.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Counts, IdleLocks } from '../feature.ts';
import type { BrowsingCounter } from './counters.ts';
import type { Cover } from '../../contract/browsing.ts';
import type { Guest } from '../../shell/port.ts';
import type { LentFiles } from './lent-files.ts';

/** Paths of decrypted files for a file input of a site. The files exist until `release`. */
export interface FilesForPage {
  readonly paths: readonly string[];
  /** The page has them: the documents count as attached. */
  given(): void;
  release(): Promise<void>;
}

/** The parts of a visit that concern files. */
export interface FileTaker {
  readonly demarche: Pick<DemarcheConfig, 'upload'>;
  readonly cover: Cover;
  readonly guest: Pick<Guest, 'answerFiles'> | undefined;
  /** The id of the file input that waits for an answer. */
  input: string | undefined;
  readonly files: Pick<LentFiles, 'given'>;
}

export interface GiveFilesDeps {
  readonly clock: Clock;
  readonly counts: Counts<BrowsingCounter>;
  readonly idleLocks: IdleLocks;
  readonly filesForPage: (
    documents: readonly string[],
    limits: DemarcheConfig['upload'],
    input: Pick<Extract<Cover, { kind: 'files' }>, 'accept' | 'multiple'> & { readonly lighter: boolean },
  ) => Promise<
    | { readonly ok: true; readonly value: FilesForPage }
    | { readonly ok: false; readonly error: 'gone' | 'format' | 'too-large' | 'not-kept' }
  >;
}

/** How long attaching a file keeps the idle warning away. After that, only the person's input does. */
const BUSY_FOR_MS = 60_000;

export const giveFiles = async (
  deps: GiveFilesDeps,
  visit: FileTaker,
  documents: readonly string[],
  lighter: boolean,
): Promise<Result<null, Failure<'browsing.input-gone' | 'browsing.too-large' | 'browsing.not-kept'>>> => {
  const input = visit.input ?? '';
  if (documents.length === 0) {
    visit.input = undefined;
    await visit.guest?.answerFiles(input, []).catch(() => undefined); // cancelled: the page stays as it was
    return ok(null);
  }
  const asked = visit.cover.kind === 'files' ? visit.cover : undefined;
  const files = await deps.filesForPage(documents, visit.demarche.upload, {
    accept: asked?.accept ?? '',
    multiple: asked?.multiple ?? false,
    lighter,
  });
  if (!files.ok) {
    const { error } = files;
    return failure(error === 'too-large' || error === 'not-kept' ? `browsing.${error}` : 'browsing.input-gone');
  }
  const notBusy = deps.idleLocks.acquire('upload');
  const done = (): void => {
    notBusy();
    void files.value.release().catch(() => undefined); // the audit at the end of the session finds what is left
  };
  // The site may have asked for another file meanwhile: that request stays.
  if (visit.input === input) visit.input = undefined;
  try {
    await visit.guest?.answerFiles(input, files.value.paths);
  } catch {
    done();
    return failure('browsing.input-gone');
  }
  files.value.given();
  deps.counts.add('documents.attached', undefined, documents.length);
  // A page reads a file when it sends the form, not when it gets the file, and people may take a long time until then.
  visit.files.given(documents.length, done);
  deps.clock.after(BUSY_FOR_MS, notBusy);
  return ok(null);
};
