/** The messages of the agent area: the review list and the corrections. */
import type { Correction, DirectoryContract, PlaceInReview } from '../../contract/directory.ts';
import type { Handlers } from '../../contract/define.ts';
import { failure, ok, type Failure, type Result } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import { oneAtATime } from '../../platform/one-at-a-time.ts';
import { checkCorrection, correctedFields, correctedPlace } from './corrections.ts';
import type { Place } from './place.ts';
import type { Corrections, Doubts } from './store.ts';
import { inReview } from './view.ts';

interface AgentHandlerDeps {
  readonly agentIsThere: () => boolean;
  readonly logger: Logger;
  readonly today: () => string;
  readonly all: () => readonly Place[];
  readonly corrections: () => Corrections;
  readonly doubts: () => Doubts;
  /** Saves the corrections and clears the doubts about one place; false when the disk refused. */
  readonly saveCorrections: (next: Corrections, settledId: string) => Promise<boolean>;
}

export const agentHandlers = (
  deps: AgentHandlerDeps,
): Pick<Handlers<DirectoryContract>, 'review' | 'correct' | 'confirm' | 'undoCorrection'> => {
  const inTurn = oneAtATime();
  /** Every message must pass this check: hiding the screen is not enough. */
  const byAgent = async <C extends string>(
    id: string,
    what: string,
    next: () => Result<Corrections, Failure<C>>,
  ): Promise<Result<null, Failure<C | 'directory.agent-only' | 'directory.unknown' | 'directory.not-kept'>>> => {
    if (!deps.agentIsThere()) return failure('directory.agent-only');
    if (!deps.all().some((place) => place.id === id)) return failure('directory.unknown');
    // A slow disk may still be writing the correction before.
    return inTurn(async () => {
      const made = next();
      if (!made.ok) return made;
      if (!(await deps.saveCorrections(made.value, id))) return failure('directory.not-kept');
      deps.logger.log('directory.corrected', { what });
      return ok(null);
    });
  };
  const withCorrection = (id: string, correction: Correction): Corrections => {
    const kept = deps.corrections();
    return { ...kept, [id]: { on: deps.today(), correction: { ...(kept[id]?.correction ?? {}), ...correction } } };
  };
  return {
    review: async () =>
      deps.agentIsThere()
        ? ok(reviewList(deps.all(), deps.corrections(), deps.doubts()))
        : failure('directory.agent-only'),
    correct: ({ id, correction }) =>
      byAgent<'directory.phone' | 'directory.hours'>(id, 'correct', () => {
        const checked = checkCorrection(correction);
        return checked.ok ? ok(withCorrection(id, checked.value)) : checked;
      }),
    confirm: ({ id }) => byAgent<never>(id, 'confirm', () => ok(withCorrection(id, {}))),
    undoCorrection: ({ id }) =>
      byAgent<never>(id, 'undo', () => {
        const { [id]: _, ...others } = deps.corrections();
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
