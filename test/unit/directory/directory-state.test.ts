import { describe, expect, it, vi } from 'vitest';
import type { Client } from '../../../main/contract/index.ts';
import { DirectoryState, PAGE } from '../../../renderer/features/directory/directory-state.svelte.ts';
import { sampleCommunes, samplePlaces } from '../../harness/screens/sample-directory.ts';

const answering = (value: unknown) => vi.fn(async () => ({ ok: true as const, value }));
const make = () => {
  const places = answering(samplePlaces);
  const communes = answering(sampleCommunes);
  const map = answering(null);
  const client = { directory: { places, communes }, map: { map } } as unknown as Client;
  return { state: new DirectoryState({ client }), places, communes, map };
};

describe('the screens’ copy of the directory', () => {
  it('requests the places once per version, and the communes and the map only once', async () => {
    const { state, places, communes, map } = make();
    await Promise.all([state.load('1 day'), state.load('1 day')]);
    await state.load('1 day');
    await state.load('2 day');
    expect(places).toHaveBeenCalledTimes(2);
    expect(communes).toHaveBeenCalledTimes(1);
    expect(map).toHaveBeenCalledTimes(1);
  });

  it('retries after a failure', async () => {
    const { state, places } = make();
    places.mockResolvedValueOnce({ ok: false, error: { code: 'client.timeout' } } as never);
    expect(await state.load('1 day')).toMatchObject({ code: 'client.timeout' });
    expect(state.ready).toBe(false);
    expect(await state.load('1 day')).toBeNull();
    expect(state.ready).toBe(true);
  });

  it('finds the place nearest to a town typed without its exact spelling', async () => {
    const { state } = make();
    await state.load('1 day');
    const [town] = state.communesFor('bourbon l archambo');
    expect(town?.name).toBe('Bourbon-l’Archambault');
    expect(state.find('demarches', town?.at ?? null).first[0]?.place.id).toBe('fs-bourbon');
    state.question.openNow = true;
    expect(state.find('demarches', town?.at ?? null).first.every(({ place }) => place.opens !== null)).toBe(true);
  });

  it('starts again with the nearest places when another town is typed', async () => {
    const { state } = make();
    state.question.shown = 30;
    state.question.view = 'all';
    state.question.chosen = sampleCommunes[0]!;
    state.question.type('vichy');
    expect(state.question).toMatchObject({ shown: PAGE, view: 'near', chosen: null });
  });
});
