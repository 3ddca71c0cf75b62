/** The tutorials that ship, and the fixtures with one exercise of each kind, loaded as the kiosk does. */
import { join } from 'node:path';
import type { Gesture, Tutorial } from '../../../main/contract/tutorial-content.ts';
import { loadTutorials } from '../../../main/config/load-tutorials.ts';
import { checkPictures, sharedPictures } from '../../../main/config/tutorial-pictures.ts';
import { gesturesOf, tutorialOf } from '../../../main/features/tutorials/tutorials-from-config.ts';
import { systemFiles } from '../../../main/platform/files.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folders = { shipped: join(root, 'kiosk-config'), kinds: join(root, 'test', 'fixtures') } as const;

export interface SampleTutorials {
  readonly tutorials: readonly Tutorial[];
  readonly gestures: readonly Gesture[];
}

export const sampleTutorials = async (which: keyof typeof folders): Promise<SampleTutorials> => {
  const deps = { files: systemFiles, dir: folders[which] };
  const { tutorials, start } = await loadTutorials(deps, `${deps.dir}/tutorials`);
  const looked = await checkPictures(deps, tutorials);
  const all = looked.map(({ tutorial, found }) => tutorialOf(tutorial, found));
  return { tutorials: all, gestures: gesturesOf(start, all, await sharedPictures(deps)) };
};

/** Looks in both folders: a file name that is in both is the same picture. */
export const tutorialPicture = async (path: string): Promise<string | undefined> => {
  for (const dir of Object.values(folders)) {
    const read = await systemFiles.readText(`${dir}/tutorials/${path}`);
    if (read.ok) return read.value;
  }
  return undefined;
};
