/** Keeps the list of places, and the minute, as they are while a screen that shows them is there. */
import { onMount } from 'svelte';
import { useKiosk } from '../../app/kiosk-context.ts';

/** A place that closes at noon is closed at noon, give or take this. */
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
