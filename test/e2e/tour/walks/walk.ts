/** A walk: a new person, their input device, and the goal that they must reach without help. */
import type { MachineOptions } from '../../../harness/machines/kiosk-with-machines.ts';
import type { TourGuide, TourStep } from '../tour-guide.ts';

export interface Walk {
  readonly name: string;
  /** The goal as one French sentence. */
  readonly goal: string;
  readonly machines?: Omit<MachineOptions, 'sheets'>;
  steps(guide: TourGuide): readonly TourStep[];
}
