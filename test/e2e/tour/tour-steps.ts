/**
 * The tour as data: caption, actions of the person, and what they must then see. A new feature adds its group where a
 * person would meet it.
 */
import { agentPage } from './steps/agent-page.ts';
import { arriving } from './steps/arriving.ts';
import { joiningPapers } from './steps/joining-papers.ts';
import { learning } from './steps/learning.ts';
import { leaving } from './steps/leaving.ts';
import { onTheSite } from './steps/on-the-site.ts';
import { printingReceipt } from './steps/printing-receipt.ts';
import type { TourStep } from './tour-guide.ts';

export const tourSteps: readonly TourStep[] = [
  ...arriving,
  ...onTheSite,
  ...joiningPapers,
  ...printingReceipt,
  ...leaving,
  ...agentPage,
  ...learning,
];
