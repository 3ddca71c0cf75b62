/** The messages of the agent area: the review list and the corrections. */
import type { Correction, DirectoryContract, PlaceInReview } from '../../contract/directory.ts';
import type { Handlers } from '../../contract/define.ts';
import { failure, ok, type Failure, type Result } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import { checkCorrection, correctedFields, correctedPlace } from './corrections.ts';
import type { Place } from './place.ts';
import type { Corrections, Doubts } from './store.ts';
import { inReview } from './view.ts';

interface AgentDesk {
  readonly agentIsThere: () => boolean;
  readonly logger: Logger;
  readonly today: () => string;
  readonly all: () => readonly Place[];
  readonly corrections: () => Corrections;
  readonly doubts: () => Doubts;
  /** Saves the corrections and clears the doubts about one place; false when the disk refused. */
  readonly keep: (next: Corrections, settled: string) => Promise<boolean>;
}

export const agentHandlers = (
  desk: AgentDesk,
): Pick<Handlers<DirectoryContract>, 'review' | 'correct' | 'confirm' | 'undoCorrection'> => {
  /** Every message must pass this check: hiding the screen is not enough. */
  const byAgent = async <C extends string>(
    id: string,
    what: string,
    next: () => Result<Corrections, Failure<C>>,
  ): Promise<Result<null, Failure<C | 'directory.agent-only' | 'directory.unknown' | 'directory.not-kept'>>> => {
    if (!desk.agentIsThere()) return failure('directory.agent-only');
    if (!desk.all().some((place) => place.id === id)) return failure('directory.unknown');
    const made = next();
    if (!made.ok) return made;
    if (!(await desk.keep(made.value, id))) return failure('directory.not-kept');
    desk.logger.log('directory.corrected', { what });
    return ok(null);
  };
  const withCorrection = (id: string, correction: Correction): Corrections => {
    const kept = desk.corrections();
    return { ...kept, [id]: { on: desk.today(), correction: { ...(kept[id]?.correction ?? {}), ...correction } } };
  };
  return {
    review: async () =>
      desk.agentIsThere()
        ? ok(reviewList(desk.all(), desk.corrections(), desk.doubts()))
        : failure('directory.agent-only'),
    correct: ({ id, correction }) =>
      byAgent<'directory.phone' | 'directory.hours'>(id, 'correct', () => {
        const checked = checkCorrection(correction);
        return checked.ok ? ok(withCorrection(id, checked.value)) : checked;
      }),
    confirm: ({ id }) => byAgent<never>(id, 'confirm', () => ok(withCorrection(id, {}))),
    undoCorrection: ({ id }) =>
      byAgent<never>(id, 'undo', () => {
        const { [id]: _, ...others } = desk.corrections();
        return ok(others);
      }),
  };
};

/** Sorted: places in doubt first, then those whose last check is oldest. */
export const reviewList = (all: readonly Place[], corrections: Corrections, doubts: Doubts): readonly PlaceInReview[] =>
  all
    .map((place) => {
      const gone = corrections[place.id]?.correction.gone === true;
      return inReview(gone ? place : (correctedPlace(place, corrections) ?? place), {
        gone,
        doubts: doubts[place.id] ?? 0,
        corrected: correctedFields(place.id, corrections),
      });
    })
    .sort((a, b) => b.doubts - a.doubts || (a.checkedOn < b.checkedOn ? -1 : a.checkedOn > b.checkedOn ? 1 : 0));
