/** The limits for the directory, and a bench row that checks one. */
import type { BenchRow } from './bench-row.ts';

export const FRAME_MS = 16;
export const IMPORT_MS = 2_000;
export const MAP_MS = 150;
export const SCREEN_MS = 100;

/** Queries that are typed letter by letter. */
export const TYPED = ['bourbon l archambo', 'saint pourçain', 'montlucon', '03190', 'st germain', 'vichi'];

export const held = (name: string, ours: number, atMost: number): BenchRow => ({
  name,
  ours: Math.round(ours * 10) / 10,
  reference: atMost,
  ratio: Math.round((ours / atMost) * 100) / 100,
  target: '<= 1',
  ok: ours <= atMost,
});
