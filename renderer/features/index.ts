/**
 * All features that have screens, one line each. Their wide buttons and tools appear in this order. This is part of the
 * second bundle (`app/later-screens.ts`): code shown before "Commencer" may import only types from it.
 */
import { agentScreens } from './agent/index.ts';
import { browsingScreens } from './browsing/index.ts';
import { catalogueScreens } from './catalogue/index.ts';
import { directoryScreens } from './directory/index.ts';
import { documentsScreens } from './documents/index.ts';
import { mailboxScreens } from './mailbox/index.ts';
import { printingScreens } from './printing/index.ts';
import { scanningScreens } from './scanning/index.ts';
import { speechScreens } from './speech/index.ts';
import { tutorialsScreens } from './tutorials/index.ts';

export const featureScreens = [
  scanningScreens,
  mailboxScreens,
  documentsScreens,
  catalogueScreens,
  tutorialsScreens,
  directoryScreens,
  browsingScreens,
  printingScreens,
  agentScreens,
  speechScreens,
] as const;
