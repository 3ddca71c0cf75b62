/** A document's name on the screen: the dash never begins a line ("Attestation Caf – octobre 2026"). */
export const shownName = (name: string): string => name.replaceAll(' –', '\u00a0–');
