import { describe, expect, it } from 'vitest';
import type { PlaceSummary } from '../../../main/contract/directory.ts';
import { anyHelp, distanceKm, makeFinder, type FoundPlaces } from '../../../renderer/features/directory/find.ts';
import { minuteSince, openingAt } from '../../../renderer/features/directory/opening-now.ts';

const place = (id: string, parts: Partial<PlaceSummary> = {}): PlaceSummary => ({
  id,
  name: id,
  kind: 'autre',
  town: 'Moulins',
  postcode: '03000',
  commune: '03190',
  at: [3.33, 46.56],
  exact: true,
  needs: ['demarches'],
  opens: [],
  itinerant: false,
  costs: [],
  audiences: [],
  cares: [],
  accesses: [],
  byAppointment: null,
  phone: null,
  ...parts,
});
const moulins = [3.33243, 46.56459] as const;
const vichy = [3.42577, 46.12709] as const;
const MOST = 6;
const ids = ({ first }: FoundPlaces): string[] => first.map((one) => one.place.id);

describe('finding places', () => {
  const places = [
    place('far', { at: [2.6, 46.34] }),
    place('near'),
    place('silent', { needs: null }),
    place('nowhere', { at: null }),
    place('learn', { needs: ['apprendre'] }),
  ];
  const find = makeFinder(places);

  it('lists the nearest first, then places without a point, then those whose services are unknown', () => {
    expect(ids(find({ ...anyHelp, need: 'demarches' }, moulins, 0, MOST))).toEqual([
      'near',
      'far',
      'nowhere',
      'silent',
    ]);
    expect(find({ ...anyHelp, need: 'demarches' }, moulins, 0, MOST).first.map(({ sure }) => sure)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
  it('sorts by the distance from the given point', () => {
    expect(ids(find(anyHelp, [2.6, 46.34], 0, MOST))[0]).toBe('far');
    expect(find(anyHelp, null, 0, MOST).first[0]?.km).toBeNull();
  });
  it('lists only places that are known to match a filter', () => {
    const asked = makeFinder([
      place('open', { opens: [[540, 720]] }),
      place('closed', { opens: [[840, 1020]] }),
      place('unknown', { opens: null }),
      place('free', { costs: ['free'] }),
      place('paid', { costs: ['paid'] }),
      place('english', { cares: ['anglais'] }),
      place('women', { audiences: ['femmes'] }),
      place('asks', { byAppointment: true }),
      place('shut', { accesses: ['no-public'] }),
    ]);
    expect(ids(asked({ ...anyHelp, openNow: true }, null, 600, 99))).toEqual(['open']);
    expect(ids(asked({ ...anyHelp, free: true }, null, 600, 99))).toEqual(['free']);
    expect(ids(asked({ ...anyHelp, cares: ['anglais'] }, null, 600, 99))).toEqual(['english']);
    expect(ids(asked({ ...anyHelp, byAppointment: true }, null, 600, 99))).toEqual(['asks']);
    expect(ids(asked({ ...anyHelp, audience: 'seniors' }, null, 600, 99))).not.toContain('women');
    expect(ids(asked(anyHelp, null, 600, 99))).not.toContain('shut');
  });
  it('returns only as many as are shown, and the total', () => {
    const many = makeFinder(
      Array.from({ length: 500 }, (_, at) => place(`n${at}`, { at: [2.3 + ((at * 37) % 500) / 300, 46.5] })),
    );
    const from = [2.3, 46.5] as const;
    const { total, first } = many(anyHelp, from, 0, MOST);
    expect(total).toBe(500);
    // 37 × 473 ≡ 1 (mod 500), so the next place to the east is 473 further in the list.
    expect(first.map((one) => one.place.id)).toEqual([0, 1, 2, 3, 4, 5].map((step) => `n${(step * 473) % 500}`));
    expect(first.map(({ km }) => km)).toEqual(
      first.map(({ place: { at } }) => expect.closeTo(distanceKm(from, at ?? from), 6)),
    );
    const next = many(anyHelp, from, 0, 2 * MOST);
    expect(ids(next).slice(0, MOST)).toEqual(ids({ total, first }));
    expect(next.first).toHaveLength(2 * MOST);
  });
  it('sorts places at the same point by name', () => {
    const find = makeFinder([place('c'), place('a'), place('b')]);
    expect(ids(find(anyHelp, moulins, 0, 2))).toEqual(['a', 'b']);
  });
  it('knows how far Vichy is from Moulins', () => {
    expect(distanceKm(moulins, vichy)).toBeCloseTo(49.2, 0);
  });
});

describe('the opening state', () => {
  const opens = [
    [540, 720],
    [810, 1020],
    [1440 + 600, 1440 + 720],
  ] as const;
  it.each([
    [539, { state: 'closed', from: 540, closedToday: false }],
    [540, { state: 'open', until: 720 }],
    [720, { state: 'closed', from: 810, closedToday: false }],
    [1020, { state: 'closed', from: 1440 + 600, closedToday: false }],
    [1440 + 600, { state: 'open', until: 720 }],
    [1440 + 720, { state: 'closed', from: null, closedToday: false }],
    [2880 + 60, { state: 'closed', from: null, closedToday: true }],
  ])('at minute %i', (minute, said) => {
    expect(openingAt(opens, minute)).toEqual(said);
  });
  it('is closed today when there are no more hours today, with the next opening', () => {
    expect(openingAt([[1440 + 600, 1440 + 720]], 600)).toEqual({ state: 'closed', from: 2040, closedToday: true });
  });
  it('stays open over midnight', () => {
    expect(openingAt([[1320, 1560]], 1500)).toEqual({ state: 'open', until: 120 });
  });
  it('is unknown when the hours are unknown', () => {
    expect(openingAt(null, 600)).toEqual({ state: 'unknown' });
  });
});

describe('the minute of the day in France', () => {
  it('does not depend on the machine’s time zone, and is right across both daylight saving changes', () => {
    expect(minuteSince('2026-11-26', Date.parse('2026-11-26T08:30:00Z'))).toBe(9 * 60 + 30);
    expect(minuteSince('2026-07-14', Date.parse('2026-07-14T08:30:00Z'))).toBe(10 * 60 + 30);
    // On 29 March 2026 the clock goes from 2:00 to 3:00; on 25 October 2026 from 3:00 to 2:00.
    expect(minuteSince('2026-03-28', Date.parse('2026-03-29T07:00:00Z'))).toBe(1440 + 9 * 60);
    expect(minuteSince('2026-10-24', Date.parse('2026-10-25T08:00:00Z'))).toBe(1440 + 9 * 60);
    expect(minuteSince('2026-12-31', Date.parse('2026-12-31T23:30:00Z'))).toBe(1440 + 30);
  });
});
