/**
 * All that nobody sees before "Commencer", in one file of the build: the first screen is drawn without waiting for it.
 * `LaterScreens` reads it right after. Only `App` may import this, and only so: `import('./later-screens.ts')`.
 */
export { default as LeavingScreen } from '../features/session/LeavingScreen.svelte';
export { default as WarningScreen } from '../features/session/WarningScreen.svelte';
export { default as ActiveScreen } from './ActiveScreen.svelte';
export { default as Panels } from './Panels.svelte';
export { errorSentences } from './error-sentences.ts';
export { slots } from './slots.ts';
