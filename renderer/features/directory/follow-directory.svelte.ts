/** Keeps the list of places and the current minute up to date while a screen shows them. */
import { onMount } from 'svelte';
import { useKiosk } from '../../app/kiosk-context.ts';

/** How late a place that has just closed may still be shown as open. */
const LOOK_AGAIN_MS = 20_000;

export function followDirectory(): void {
  const { directory, mirror, sayFailed } = useKiosk();
  $effect(() => {
    const { revision, day } = mirror.of('directory');
    void directory.load(`${revision} ${day}`).then((failed) => failed && sayFailed(failed));
  });
  onMount(() => {
    directory.tick();
    const timer = setInterval(() => directory.tick(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  });
}
