/**
 * Everything that is only seen after "Commencer", in a bundle of its own, so that the first screen does not wait for
 * it. `LaterScreens` loads it right after the first frame. Only `App` may import this, and only by
 * `import('./later-screens.ts')`.
 */
import { words as sharedWords } from '../../main/contract/i18n/messages.ts';
import { featureScreens } from '../features/index.ts';

export { default as LeavingScreen } from '../features/session/LeavingScreen.svelte';
export { default as WarningScreen } from '../features/session/WarningScreen.svelte';
export { default as ActiveScreen } from './ActiveScreen.svelte';
export { default as Panels } from './Panels.svelte';
export { errorSentences } from './error-sentences.ts';
export { slots } from './slots.ts';
export const featureWords = [sharedWords, ...featureScreens.map(({ words }) => words)];
