/** A document's name for the screen, with a dash that never begins a line ("Attestation Caf – octobre 2026"). */
export const shownName = (name: string): string => name.replaceAll(' –', '\u00a0–');
