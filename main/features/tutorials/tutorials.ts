/**
 * The tutorials, and the person's progress in them. The exercises exist only in the screens: nothing that a person does
 * in an exercise reaches this process.
 */
import type { StateOf } from '../../contract/define.ts';
import { failure, ok } from '../../contract/result.ts';
import type { Gesture, Tutorial } from '../../contract/tutorial-content.ts';
import type { SkillAnswer, TutorialsContract } from '../../contract/tutorials.ts';
import type { Bytes, Counts, Feature, Publish, WipeStep } from '../feature.ts';
import type { TutorialsCounter } from './counters.ts';
import { whereToStart } from './where-to-start.ts';

export interface TutorialContent {
  readonly tutorials: readonly Tutorial[];
  /** Empty when there is no « Par où commencer ? ». */
  readonly gestures: readonly Gesture[];
}

export interface TutorialsDeps {
  readonly publish: Publish<TutorialsContract>;
  readonly counts: Counts<TutorialsCounter>;
  /** Called once, and at each `refresh`. Tutorials with mistakes are already left out and reported. */
  readonly read: () => Promise<TutorialContent>;
  /** A picture by its path; undefined when there is none. */
  readonly picture: (path: string) => Promise<string | undefined>;
}

interface Progress {
  readonly screen: number;
  readonly finished: boolean;
}

/** What one person did with the tutorials. */
export interface TutorialsSession {
  /** By tutorial id. The last entry is the tutorial used last. */
  readonly progress: Map<string, Progress>;
  /** Their answers in « Par où commencer ? », for the printed sheet. */
  answers: readonly SkillAnswer[];
}

/** The content of the printed sheet for « Par où commencer ? ». */
export interface StartAnswers {
  readonly gestures: readonly { readonly gesture: Gesture; readonly knowing: SkillAnswer }[];
  readonly proposed: readonly Tutorial[];
}

export interface Tutorials extends Feature<TutorialsContract, TutorialsSession> {
  readonly wipe: WipeStep;
  begin(): void;
  /** Reads the tutorials: after the first screen, and again while an author is editing them. */
  refresh(): Promise<void>;
  /** For the printed sheet. */
  tutorial(id: string): Promise<Tutorial | undefined>;
  /** A picture by its path, for the printed sheet. */
  picture(path: string): Promise<string | undefined>;
  /** For the printed sheet; undefined before the person has answered. */
  startAnswers(): Promise<StartAnswers | undefined>;
}

export const createTutorials = (deps: TutorialsDeps): Tutorials => {
  let session: TutorialsSession | undefined;
  let content: Promise<TutorialContent> | undefined;
  let count = 0;
  let revision = 0;

  const state = (): StateOf<TutorialsContract> => ({
    count,
    revision,
    mine: [...(session?.progress ?? [])].map(([id, { screen, finished }]) => ({ id, screen, finished })),
  });
  const publishState = (): void => deps.publish(state());
  const loadContent = (): Promise<TutorialContent> => (content ??= deps.read());
  const find = async (id: string): Promise<Tutorial | undefined> =>
    (await loadContent()).tutorials.find((one) => one.id === id);
  const proposed = async (answers: readonly SkillAnswer[]): Promise<readonly string[]> => {
    const { tutorials, gestures } = await loadContent();
    return whereToStart(gestures, answers, tutorials);
  };
  /** Moves the tutorial to the end of the map: it is the one to resume. */
  const setProgress = (mine: TutorialsSession, id: string, next: Progress): void => {
    mine.progress.delete(id);
    mine.progress.set(id, next);
    publishState();
  };

  return {
    initial: state(),
    own: () => session,
    begin() {
      session = { progress: new Map(), answers: [] };
    },
    async refresh() {
      content = deps.read();
      const { tutorials } = await content;
      count = tutorials.length;
      revision += 1;
      publishState();
    },
    tutorial: find,
    picture: deps.picture,
    async startAnswers() {
      const answers = session?.answers ?? [];
      if (answers.length === 0) return undefined;
      const { gestures } = await loadContent();
      const ids = await proposed(answers);
      const found = await Promise.all(ids.map(find));
      return {
        gestures: gestures.flatMap((gesture, at) => {
          const knowing = answers[at];
          return knowing === undefined ? [] : [{ gesture, knowing }];
        }),
        proposed: found.filter((one) => one !== undefined),
      };
    },
    wipe: {
      name: 'tutorials',
      wipe: async () => {
        session = undefined;
        publishState();
      },
      leftovers: async () => (session ? ['des tutoriels commencés'] : []),
    },
    async bytes(path): Promise<Bytes | undefined> {
      const svg = await deps.picture(path);
      return svg === undefined ? undefined : { type: 'image/svg+xml', body: new TextEncoder().encode(svg) };
    },
    handlers: {
      list: async () => {
        const { tutorials, gestures } = await loadContent();
        return ok({
          tutorials: tutorials.map(({ id, title, sentence, level, minutes, picture, offeredAt }) => ({
            id,
            title,
            sentence,
            level,
            minutes,
            picture,
            offeredAt,
          })),
          gestures,
        });
      },
      tutorial: async ({ id }) => {
        const found = await find(id);
        return found ? ok(found) : failure('tutorials.unknown');
      },
      at: async ({ id, screen }, mine) => {
        const found = await find(id);
        if (!found) return failure('tutorials.unknown');
        const before = mine.progress.get(id);
        const last = found.screens.length - 1;
        const now = Math.min(screen, last);
        if (!before) deps.counts.add('tutorial.opened', id);
        // Screen numbers start at 1 for people.
        deps.counts.add('tutorial.left-at-screen', `${id}/${now + 1}`);
        setProgress(mine, id, { screen: now, finished: before?.finished ?? false });
        return ok(null);
      },
      finished: async ({ id }, mine) => {
        if (!(await find(id))) return failure('tutorials.unknown');
        deps.counts.add('tutorial.finished', id);
        setProgress(mine, id, { screen: 0, finished: true });
        return ok(null);
      },
      helpAsked: async ({ id }) => {
        if (!(await find(id))) return failure('tutorials.unknown');
        deps.counts.add('tutorial.help', id);
        return ok(null);
      },
      whereToStart: async ({ answers }, mine) => {
        mine.answers = answers;
        return ok(await proposed(answers));
      },
    },
    stop: async () => undefined,
  };
};
