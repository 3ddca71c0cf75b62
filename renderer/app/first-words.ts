/** The sentences of the first bundle. Those of the features come with the second. */
import type { Words } from '../../main/contract/i18n/define-messages.ts';
import { words as clientWords } from '../client/messages.ts';
import { sessionWords } from '../features/session/index.ts';
import { words as uiWords } from '../ui/messages.ts';
import { words as appWords } from './messages.ts';

export const firstWords: readonly Words[] = [uiWords, clientWords, appWords, sessionWords];
