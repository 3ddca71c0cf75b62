/**
 * All features that have screens: one line each. Their wide buttons and tools stand in this order. Part of the second file of the
 * build (`app/later-screens.ts`): from what is drawn before "Commencer", import types of it alone.
 */
import { agentScreens } from './agent/index.ts';
import { browsingScreens } from './browsing/index.ts';
import { catalogueScreens } from './catalogue/index.ts';
import { directoryScreens } from './directory/index.ts';
import { documentsScreens } from './documents/index.ts';
import { mailboxScreens } from './mailbox/index.ts';
import { printingScreens } from './printing/index.ts';
import { scanningScreens } from './scanning/index.ts';

export const featureScreens = [
  scanningScreens,
  mailboxScreens,
  documentsScreens,
  catalogueScreens,
  directoryScreens,
  browsingScreens,
  printingScreens,
  agentScreens,
] as const;
