/**
 * Runs in every frame, in our own world. A film pauses when our screens take the place of its page: a second voice
 * would speak over « Écouter », from something that nobody sees. Playback is reported repeatedly, and its end never: a
 * film that is removed from the page, or whose frame is removed, sends no end event, and would keep the session for
 * ever. A muted loop is decoration, not a film.
 */

/**
 * Stringified: it may use nothing from outside. Whatever the page does with its films, `tell` is called once per
 * interval.
 */
export function mediaPlaying(tell: () => void): (event: Event) => void {
  const EVERY_MS = 2_000;
  const begun = new Set<HTMLMediaElement>();
  const plays = (film: HTMLMediaElement): boolean =>
    film.isConnected && !film.paused && !film.ended && !(film.loop && (film.muted || film.volume === 0));
  let looking: ReturnType<typeof setInterval> | undefined;
  const look = (): void => {
    for (const film of begun) if (!plays(film)) begun.delete(film);
    if (begun.size > 0) return tell();
    clearInterval(looking);
    looking = undefined;
  };
  return ({ isTrusted, type, target }) => {
    if (!isTrusted) return;
    if (type === 'visibilitychange' && document.hidden) for (const film of begun) if (plays(film)) film.pause();
    if (!(target instanceof HTMLMediaElement)) return;
    begun.add(target);
    if (looking !== undefined) return;
    looking = setInterval(look, EVERY_MS);
    look();
  };
}
