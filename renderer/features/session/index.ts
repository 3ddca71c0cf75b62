/**
 * What the session adds to the screens: its sentences, and the screens of the phases in which nobody is on a site. It
 * has no routes, because the phase alone chooses its screens (`app/PhaseScreen.svelte`). All of this is in the first
 * bundle; `app/later-screens.ts` loads the screens of `warning` and `leaving`.
 */
export { default as AccueilScreen } from './AccueilScreen.svelte';
export { default as FarewellScreen } from './FarewellScreen.svelte';
export { default as OutOfServiceScreen } from './OutOfServiceScreen.svelte';
export { default as StartingScreen } from './StartingScreen.svelte';
export { default as WipingScreen } from './WipingScreen.svelte';
export { words as sessionWords } from './messages.ts';
