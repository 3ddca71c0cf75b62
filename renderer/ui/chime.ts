/**
 * Two soft notes, for what must also be heard. Synthesised, so there is no file to load. Silent on a machine without
 * sound.
 */
const NOTES_HERTZ = [659, 880] as const;
const APART_S = 0.22;
const LASTS_S = 0.7;
const LOUDNESS = 0.25;

export function chime(): void {
  if (!('AudioContext' in globalThis)) return;
  const context = new AudioContext();
  NOTES_HERTZ.forEach((hertz, at) => {
    const fromS = context.currentTime + at * APART_S;
    const note = context.createOscillator();
    const loudness = context.createGain();
    note.frequency.value = hertz;
    // Fade in and out: a note that is cut off clicks.
    loudness.gain.setValueAtTime(0, fromS);
    loudness.gain.linearRampToValueAtTime(LOUDNESS, fromS + 0.03);
    loudness.gain.exponentialRampToValueAtTime(0.001, fromS + LASTS_S);
    note.connect(loudness).connect(context.destination);
    note.start(fromS);
    note.stop(fromS + LASTS_S);
    if (at === NOTES_HERTZ.length - 1) note.onended = () => void context.close();
  });
}
