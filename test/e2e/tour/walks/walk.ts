/** A walk: somebody new, the way they use the kiosk, and the goal that they reach without a word from anyone. */
import type { MachineOptions } from '../../../harness/machines/kiosk-with-machines.ts';
import type { TourGuide, TourStep } from '../tour-guide.ts';

export interface Walk {
  readonly name: string;
  /** One French sentence. */
  readonly goal: string;
  readonly machines?: Omit<MachineOptions, 'sheets'>;
  steps(guide: TourGuide): readonly TourStep[];
}
