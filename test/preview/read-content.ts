/** One tutorial as the screens get it, and all that is to be said about its files. Read anew each time. */
import { adviseOnTutorials } from '../../main/config/tutorial-advice.ts';
import { loadTutorials, TUTORIALS } from '../../main/config/load-tutorials.ts';
import { formatMistake, inReadingOrder, type ConfigMistake } from '../../main/config/mistake.ts';
import { checkPictures, placed } from '../../main/config/tutorial-pictures.ts';
import type { Tutorial } from '../../main/contract/tutorial-content.ts';
import { tutorialOf } from '../../main/features/tutorials/tutorials-from-config.ts';
import type { Files } from '../../main/platform/files.ts';

export interface PreviewContent {
  /** Every folder of `tutorials/`, also those with mistakes. */
  readonly ids: readonly string[];
  /** By id; the one with a mistake is not among them. */
  readonly tutorials: readonly Tutorial[];
  /** Lines of the files under `tutorials/<id>/`, by id; what belongs to no folder is under ''. */
  readonly mistakes: Readonly<Record<string, readonly string[]>>;
  readonly advice: Readonly<Record<string, readonly string[]>>;
  readonly ease: Readonly<Record<string, number>>;
}

interface ContentDeps {
  readonly files: Pick<Files, 'list' | 'readText'>;
  /** The configuration folder, without a slash at its end. */
  readonly dir: string;
}

export const readContent = async ({ files, dir }: ContentDeps): Promise<PreviewContent> => {
  const folder = `${dir}/${TUTORIALS}`;
  const listed = await files.list(folder);
  const ids = listed.ok
    ? listed.value.filter(({ kind, name }) => kind === 'folder' && name !== 'pictures').map(({ name }) => name)
    : [];
  const { tutorials, mistakes } = await loadTutorials({ files }, folder);
  const looked = await checkPictures({ files, dir }, tutorials);
  const inPictures = await Promise.all(looked.map((one) => placed({ files, dir }, one)));
  const { advice, ease } = await adviseOnTutorials({ files, dir });

  const byId = (all: readonly ConfigMistake[]): Record<string, string[]> => {
    const sorted: Record<string, string[]> = {};
    for (const one of inReadingOrder(all)) {
      const [id = ''] = one.file.startsWith(`${folder}/`) ? one.file.slice(folder.length + 1).split('/') : [];
      // Under the folder that everybody here knows.
      const line = formatMistake({
        ...one,
        file: one.file.startsWith(`${dir}/`) ? one.file.slice(dir.length + 1) : one.file,
      });
      const lines = (sorted[ids.includes(id) ? id : ''] ??= []);
      if (!lines.includes(line)) lines.push(line);
    }
    return sorted;
  };
  return {
    ids,
    tutorials: looked
      .filter(({ wrong, broken }) => wrong.length + broken.length === 0)
      .map(({ tutorial, found }) => tutorialOf(tutorial, found)),
    mistakes: byId([...mistakes, ...inPictures.flat()]),
    advice: byId(advice),
    ease: Object.fromEntries(ease.map(({ id, figure }) => [id, figure])),
  };
};
