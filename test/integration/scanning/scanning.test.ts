/** From sheets to a named document, with the real decoder and the real OCR. */
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ScannedPage } from '../../../main/devices/scanner.ts';
import { createMemoryReader } from '../../fakes/memory-reader.ts';
import { cardSvg, attestationCaf, letter, paperSvg, payslip, rib, taxNotice } from '../../harness/scanning/papers.ts';
import { damagePicture, scanOf } from '../../harness/scanning/damage.ts';
import { FRENCH_CARDS } from '../../harness/scanning/french-cards.ts';
import { LIDS, scanOfGlass } from '../../harness/scanning/glass-scenes.ts';
import { createMemoryScanner } from '../../harness/scanning/memory-scanner.ts';
import { realReader, scanningFixture, type ScanningFixture } from '../../harness/scanning/scanning-fixture.ts';

const blankPaper = { name: 'blank', kind: 'other', lines: [], drawing: '' };
let caf: ScannedPage;
let back: ScannedPage;
beforeAll(async () => {
  caf = await scanOf(attestationCaf, { dpi: 150, skewDeg: 2, noise: 10 });
  back = await scanOf(blankPaper, { dpi: 100, noise: 10 });
});

let fixture: ScanningFixture | undefined;
afterEach(async () => {
  await fixture?.stop();
  fixture = undefined;
});

const play = async (
  sheets: ScannedPage[],
  over: Parameters<typeof createMemoryScanner>[0] = {},
  more: Partial<Parameters<typeof scanningFixture>[0]> = {},
) => {
  const { scanner, controller } = createMemoryScanner(over);
  controller.sheets = sheets;
  fixture = await scanningFixture({ scanner, ...more });
  return { fixture, controller, handlers: fixture.scanning.handlers };
};
const looked = (s: ScanningFixture) =>
  s.until('looking', ({ work }) => work?.stage === 'looking' && work.pages.every((page) => page.state === 'ready'));

/** How light the upper half of a picture is, after a turn. */
const topOf = async (jpeg: Uint8Array, turn: 0 | 180) => {
  const upright = await sharp(jpeg).rotate(turn).resize(40, 56, { fit: 'fill' }).grayscale().raw().toBuffer();
  return upright.subarray(0, upright.length / 2).reduce((sum, one) => sum + one, 0) / (upright.length / 2);
};

describe('one sheet', () => {
  it('with only a few words in a box stays upright', async () => {
    const slip = await scanOf(rib, { dpi: 150, skewDeg: 1.7, noise: 6 });
    const { fixture: s, handlers } = await play([slip]);
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    expect((await looked(s)).work!.pages).toMatchObject([{ turned: false, straightened: true }]);
  });

  it('that OCR finds upside down is turned before it is kept, even when it is accepted early', async () => {
    const heard = Promise.withResolvers<void>();
    let reads = 0;
    const line = { words: [{ text: 'Bail', x: 10, y: 10, width: 40, height: 10 }] };
    const { reader, controller: ocr } = createMemoryReader();
    ocr.gate = heard.promise;
    ocr.page = () => {
      reads += 1;
      return { lines: [line], confidence: reads === 1 ? 30 : 90, sureCharacters: reads === 1 ? 2 : 40 };
    };
    const slip = await scanOf(rib, { dpi: 150 });
    const { fixture: s, handlers } = await play([slip], {}, { reader });
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    const shown = await looked(s);
    const before = (await s.scanning.bytes!(`${shown.work!.pages[0]!.id}.jpg?1`))!.body;
    await handlers.accept({});
    const finishing = handlers.finish({});
    heard.resolve();
    await finishing;
    expect(await topOf(s.papers[0]!.pages[0]!.jpeg, 180)).toBeCloseTo(await topOf(before, 0), -1);
    expect(Math.abs((await topOf(before, 0)) - (await topOf(before, 180)))).toBeGreaterThan(5);
  });

  // Handwriting, or a script that OCR does not know.
  it.each([
    ['with « C’est bien »', 'single'],
    ['with the pile', 'several'],
  ] as const)('accepted %s before OCR gives up is kept as it was seen', async (_, mode) => {
    const given = Promise.withResolvers<void>();
    const { reader, controller: ocr } = createMemoryReader();
    ocr.gate = given.promise;
    let reads = 0;
    const line = (text: string) => ({ words: [{ text, x: 10, y: 10, width: 40, height: 10 }] });
    ocr.page = () => ({ lines: [line(`essai ${(reads += 1)}`)], confidence: 20, sureCharacters: 0 });
    const { fixture: s, handlers } = await play([await scanOf(rib, { dpi: 150, turnDeg: 180 })], {}, { reader });
    await handlers.begin({ mode });
    await handlers.scan({});
    const [page] = (await looked(s)).work!.pages;
    expect(page).toMatchObject({ turned: true, unsure: false });
    const seen = (await s.scanning.bytes!(`${page!.id}.jpg?1`))!.body;
    if (mode === 'single') await handlers.accept({});
    const finishing = handlers.finish({});
    given.resolve();
    await finishing;
    const kept = s.papers[0]!.pages[0]!.jpeg;
    expect(await topOf(kept, 0)).toBeCloseTo(await topOf(seen, 0), -1);
    expect(Math.abs((await topOf(seen, 0)) - (await topOf(seen, 180)))).toBeGreaterThan(5);
    // The text that was read in this orientation, which is tried first.
    expect(s.papers[0]!.pages[0]!.lines).toEqual([line('essai 1')]);
  });

  it('is shown, straightened, read by OCR, named and put into the tray', async () => {
    const { fixture: s, handlers } = await play([caf], {}, { reader: realReader() });
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    const shown = await looked(s);
    expect(shown.work).toMatchObject({
      looking: shown.work!.pages[0]!.id,
      pages: [{ straightened: true, turned: false, flaws: [] }],
    });
    const picture = await s.scanning.bytes!(`${shown.work!.pages[0]!.id}.jpg?1`);
    expect((await sharp(picture!.body).metadata()).format).toBe('jpeg');
    expect(s.held).toEqual(['+scan', '-scan']);
    expect(s.scanning.leavingItems()).toEqual([{ kind: 'scanned-pages', count: 1 }, { kind: 'original-on-glass' }]);
    await handlers.accept({});
    const finished = await handlers.finish({});
    expect(finished).toEqual({ ok: true, value: { document: 'paper-1', name: 'Attestation Caf – octobre 2026' } });
    expect(s.papers[0]!.pages[0]!.lines.length).toBeGreaterThan(15);
    expect(s.state().work).toBeNull();
  });

  it('upside down is turned automatically', async () => {
    const turned = await scanOf(letter, { dpi: 150, turnDeg: 180 });
    const { fixture: s, handlers } = await play([turned], {}, { reader: realReader() });
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    expect((await looked(s)).work!.pages[0]).toMatchObject({ turned: true });
    await handlers.finish({});
    expect(s.papers[0]!.pages[0]!.lines.flatMap((line) => line.words.map((word) => word.text)).join(' ')).toContain(
      'inscription à la cantine',
    );
  });

  it('scanned again replaces the first scan', async () => {
    const { fixture: s, handlers } = await play([caf]);
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    const first = (await looked(s)).work!.pages[0]!.id;
    await handlers.again({});
    expect(s.state().work).toMatchObject({ stage: 'placing', pages: [] });
    await handlers.scan({});
    const second = (await looked(s)).work!.pages;
    expect(second.map((page) => page.id)).not.toContain(first);
    expect(second.length).toBe(1);
  });

  it('can be turned by hand', async () => {
    const { fixture: s, handlers } = await play([caf]);
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    const page = (await looked(s)).work!.pages[0]!;
    expect(await handlers.turn({ page: page.id })).toEqual({ ok: true, value: null });
    const after = s.state().work!.pages[0]!;
    expect(after.version).toBe(2);
    expect(after.width).toBeGreaterThan(after.height);
  });
});

describe('several sheets', () => {
  it('come from the feeder; blank backs are left out, reported, and can be put back in their place', async () => {
    const { fixture: s, controller, handlers } = await play([caf, back, caf, back]);
    await handlers.begin({ mode: 'both-sides' });
    await handlers.scan({});
    const done = await s.until(
      'all pages',
      ({ work }) => work?.stage === 'looking' && work.pages.length === 2 && work.blanks === 2,
    );
    expect(controller.scans).toEqual([{ source: 'feeder-duplex', maxPages: 50 }]);
    expect(done.work!.looking).toBeNull();
    const before = done.work!.pages.map((page) => page.id);
    await handlers.restoreBlanks({});
    const after = s.state().work!.pages.map((page) => page.id);
    expect(after.length).toBe(4);
    expect([after[0], after[2]]).toEqual(before);
  });

  it('that all went in the wrong way round are shown, and are called blank', async () => {
    const { fixture: s, handlers } = await play([back, back]);
    await handlers.begin({ mode: 'several' });
    await handlers.scan({});
    expect((await looked(s)).work).toMatchObject({ blanks: 0, pages: [{ flaws: ['blank'] }, { flaws: ['blank'] }] });
  });

  it('can be reordered and removed', async () => {
    const { fixture: s, handlers } = await play([caf, caf, caf]);
    await handlers.begin({ mode: 'several' });
    await handlers.scan({});
    const [a, b, c] = (
      await s.until('three', ({ work }) => work?.stage === 'looking' && work.pages.length === 3)
    ).work!.pages.map((page) => page.id);
    await handlers.move({ page: c!, to: 0 });
    expect(s.state().work!.pages.map((page) => page.id)).toEqual([c, a, b]);
    await handlers.remove({ page: a! });
    expect(s.state().work!.pages.map((page) => page.id)).toEqual([c, b]);
    expect(await handlers.remove({ page: a! })).toMatchObject({ ok: false, error: { code: 'scanning.no-page' } });
  });

  it('with two sides go on the glass when the feeder reads one, and each back is asked for', async () => {
    const { fixture: s, controller, handlers } = await play([caf], { sources: ['flatbed', 'feeder'] });
    await handlers.begin({ mode: 'both-sides' });
    const scanned = async () => {
      await handlers.scan({});
      await looked(s);
      await handlers.accept({});
      return s.state().work;
    };
    expect(await scanned()).toMatchObject({ stage: 'placing', next: 'back' });
    expect(await scanned()).toMatchObject({ stage: 'looking', next: null, pages: [{}, {}] });
    expect(await scanned()).toMatchObject({ stage: 'placing', next: 'back' });
    // The last sheet has one side: « Retour » leads to the pages.
    await handlers.accept({});
    expect(s.state().work).toMatchObject({ stage: 'looking', next: null });
    expect(controller.scans.map(({ source }) => source)).toEqual(['flatbed', 'flatbed', 'flatbed']);
  });
});

describe('an identity card', () => {
  it('has both sides on one A4 page in true size, and its name', async () => {
    const onGlass = async (face: 'front' | 'back'): Promise<ScannedPage> => {
      const card = await sharp(Buffer.from(cardSvg(face, 150)))
        .rotate(6, { background: '#fafafa' })
        .flatten({ background: '#fafafa' })
        .png()
        .toBuffer();
      const { data, info } = await sharp({ create: { width: 1240, height: 1754, channels: 3, background: '#fafafa' } })
        .composite([{ input: card, left: 200, top: 300 }])
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return {
        number: 1,
        dpi: 150,
        image: { format: 'raw', width: info.width, height: info.height, channels: 3, bytes: new Uint8Array(data) },
      };
    };
    const { fixture: s, controller, handlers } = await play([await onGlass('front')], {}, { reader: realReader() });
    await handlers.begin({ mode: 'card' });
    expect(s.state().work!.next).toBe('front');
    await handlers.scan({});
    await looked(s);
    await handlers.accept({});
    expect(s.state().work).toMatchObject({ stage: 'placing', next: 'back' });
    controller.sheets = [await onGlass('back')];
    await handlers.scan({});
    await s.until(
      'two faces',
      ({ work }) =>
        work?.stage === 'looking' && work.pages.length === 2 && work.pages.every((page) => page.state === 'ready'),
    );
    await handlers.accept({});
    expect(await handlers.finish({})).toMatchObject({ ok: true, value: { name: 'Carte d’identité' } });
    const [page] = s.papers[0]!.pages;
    expect(s.papers[0]!.pages.length).toBe(1);
    expect([Math.round((page!.width / page!.dpi) * 25.4), Math.round((page!.height / page!.dpi) * 25.4)]).toEqual([
      210, 297,
    ]);
    const inked = await sharp(await sharp(page!.jpeg).greyscale().threshold(245).png().toBuffer())
      .trim({ background: '#ffffff' })
      .toBuffer({ resolveWithObject: true });
    expect(Math.abs((inked.info.width / page!.dpi) * 25.4 - 85.6)).toBeLessThan(2.5);
  });
});

describe('the cropped area', () => {
  const cardOnGlass = () =>
    scanOfGlass([{ ...FRENCH_CARDS['driving licence']!, x: 110, y: 140, angleDeg: 12 }], LIDS.white, 150);

  it('can be shown and cropped again until the page is accepted', async () => {
    const { fixture: s, handlers } = await play([await cardOnGlass()]);
    await handlers.begin({ mode: 'card' });
    await handlers.scan({});
    const page = (await looked(s)).work!.pages[0]!;
    expect(page).toMatchObject({ cut: 'cropped' });
    expect(page.width).toBeGreaterThan(page.height);

    expect(await handlers.showWhole({ page: page.id, whole: true })).toEqual({ ok: true, value: null });
    const whole = s.state().work!.pages[0]!;
    expect(whole).toMatchObject({ id: page.id, state: 'ready', cut: 'whole' });
    expect(whole.version).toBeGreaterThan(page.version);
    expect(whole.width * whole.height).toBeGreaterThan(page.width * page.height * 8);

    await handlers.showWhole({ page: page.id, whole: false });
    expect(s.state().work!.pages[0]).toMatchObject({ cut: 'cropped', width: page.width });
    await handlers.accept({});
    expect(s.state().work!.pages[0]).toMatchObject({ cut: 'none' });
    expect(await handlers.showWhole({ page: page.id, whole: true })).toMatchObject({
      ok: false,
      error: { code: 'scanning.no-page' },
    });
  });

  it('is empty when the page fills the whole glass', async () => {
    const { fixture: s, handlers } = await play([caf]);
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    expect((await looked(s)).work!.pages[0]).toMatchObject({ cut: 'none' });
  });
});

describe('faults', () => {
  it('a missing scanner is reported first', async () => {
    fixture = await scanningFixture({ scanner: undefined });
    expect(fixture.state().scanner).toEqual({ kind: 'none' });
    expect(await fixture.scanning.handlers.begin({ mode: 'single' })).toMatchObject({
      ok: false,
      error: { code: 'scanning.no-scanner' },
    });
  });

  it('a jam keeps the pages that came before it', async () => {
    const { fixture: s, controller, handlers } = await play([caf, caf, caf]);
    controller.fault = { code: 'jam', afterPages: 2 };
    await handlers.begin({ mode: 'several' });
    await handlers.scan({});
    const failed = await s.until('failed', ({ work }) => work?.stage === 'failed');
    expect(failed.work).toMatchObject({ fault: 'jam' });
    expect(failed.work!.pages.length).toBe(2);
    expect(s.held).toEqual(['+scan', '-scan']);
  });

  it('stopping in the middle stops the machine and returns to placing the sheet', async () => {
    const { fixture: s, controller, handlers } = await play([caf]);
    controller.gate = new Promise(() => undefined);
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    await s.until('scanning', ({ work }) => work?.progress === 0.5);
    await handlers.stop({});
    expect(s.state().work).toMatchObject({ stage: 'placing', pages: [] });
    expect(await s.scanning.wipe.leftovers()).toEqual(['une numérisation en cours']);
  });

  it('the end of the session during a scan leaves nothing', async () => {
    const { fixture: s, controller, handlers } = await play([caf]);
    controller.gate = new Promise(() => undefined);
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    await s.until('scanning', ({ work }) => work?.progress === 0.5);
    await s.scanning.wipe.wipe();
    expect(await s.scanning.wipe.leftovers()).toEqual([]);
    expect(s.state().work).toBeNull();
    expect(s.held).toEqual(['+scan', '-scan']);
  });

  /** A reader whose threads never get to a page. */
  const lateReader = () => {
    const { reader, controller: ocr } = createMemoryReader();
    ocr.gate = new Promise(() => undefined);
    return reader;
  };

  it('the end of the session while a pile is read gives up its pages, and makes no document of them', async () => {
    const small = await scanOf(attestationCaf, { dpi: 70 });
    const { fixture: s, handlers } = await play([small, small, small], {}, { reader: lateReader() });
    await handlers.begin({ mode: 'several' });
    await handlers.scan({});
    await looked(s);
    const finishing = handlers.finish({});
    expect(await s.scanning.wipe.leftovers()).toContain('3 page(s) en cours de lecture');
    await s.scanning.wipe.wipe();
    expect(await finishing).toMatchObject({ ok: false });
    expect(s.papers).toEqual([]);
    expect(await s.scanning.wipe.leftovers()).toEqual([]);
  });

  it('a dropped pile gives up its pages that wait for the reader', async () => {
    const small = await scanOf(attestationCaf, { dpi: 70 });
    const reader = lateReader();
    const { fixture: s, handlers } = await play([small, small, small], {}, { reader });
    await handlers.begin({ mode: 'several' });
    await handlers.scan({});
    const { work } = await looked(s);
    await handlers.turn({ page: work!.pages[0]!.id });
    expect(reader.held).toBe(4);
    await handlers.abandon({});
    expect(reader.held).toBe(0);
  });

  it('a page decoder that crashes is replaced, and the person may scan again', async () => {
    const broken: ScannedPage = {
      number: 1,
      dpi: 200,
      image: { format: 'jpeg', bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9) },
    };
    const { fixture: s, controller, handlers } = await play([broken]);
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    expect((await s.until('failed', ({ work }) => work?.stage === 'failed')).work).toMatchObject({
      fault: 'garbled',
      pages: [],
    });
    controller.sheets = [caf];
    await handlers.again({});
    await handlers.scan({});
    await looked(s);
  });

  it('an OCR failure loses the words, not the document', async () => {
    const { fixture: s, handlers } = await play([caf]);
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    await looked(s);
    expect(await handlers.finish({})).toMatchObject({ ok: true, value: { name: 'Document' } });
  });

  it('an A3 sheet at 600 dpi becomes a normal page', async () => {
    const jpeg = await sharp({ create: { width: 7016, height: 9921, channels: 3, background: '#f4f4f2' } })
      .composite([{ input: Buffer.from(paperSvg(attestationCaf, 300)), left: 600, top: 600 }])
      .jpeg({ quality: 80 })
      .toBuffer();
    const { fixture: s, handlers } = await play([{ number: 1, dpi: 600, image: { format: 'jpeg', bytes: jpeg } }]);
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    const done = await s.until('an end', ({ work }) => work?.stage === 'looking' || work?.stage === 'failed');
    expect(done.work).toMatchObject({ stage: 'looking', fault: null });
  });

  it('a full vault is reported, and the pages stay', async () => {
    const { fixture: s, handlers } = await play(
      [caf],
      {},
      { tray: { expectPaper: () => undefined, addPaper: async () => ({ ok: false, error: 'full' }) } },
    );
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    await looked(s);
    expect(await handlers.finish({})).toMatchObject({ ok: false, error: { code: 'scanning.full' } });
    expect(s.state().work).toMatchObject({ stage: 'failed', fault: 'full' });
    expect(s.state().work!.pages.length).toBe(1);
  });

  it.each([
    ['a black page', () => scanOf(blankPaper, { dpi: 100, paper: '#060606', lid: '#060606' }), 'all-black'],
    ['a dark page', () => scanOf(letter, { dpi: 150, exposure: 0.3 }), 'too-dark'],
    ['a blurred page', () => scanOf(letter, { dpi: 150, blurSigma: 3 }), 'blurred'],
    ['a sheet laid face up', async () => back, 'blank'],
  ])('%s is told from a good one', async (_, make, flaw) => {
    const { fixture: s, handlers } = await play([await make()]);
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    expect((await looked(s)).work!.pages[0]!.flaws).toContain(flaw);
  });

  it('a blank page that is dark is called dark only', async () => {
    const { fixture: s, handlers } = await play([await scanOf(blankPaper, { dpi: 100, exposure: 0.3 })]);
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    expect((await looked(s)).work!.pages[0]!.flaws).toEqual(['too-dark']);
  });

  it.each([
    ['letter', letter],
    ['payslip', payslip],
    ['tax notice', taxNotice],
    ['bank details', rib],
  ])('a good %s has no flaw', async (_, paper) => {
    const { fixture: s, handlers } = await play([
      await scanOf(paper, { dpi: 200, skewDeg: 1.5, noise: 12, shadow: 0.1 }),
    ]);
    await handlers.begin({ mode: 'single' });
    await handlers.scan({});
    expect((await looked(s)).work!.pages[0]!.flaws).toEqual([]);
  });
});

it('a hand over the page is detected', async () => {
  const picture = await damagePicture(
    `<svg xmlns="http://www.w3.org/2000/svg" width="827" height="1169"><rect width="827" height="1169" fill="#fff"/><ellipse cx="827" cy="600" rx="140" ry="60" fill="#c98f6d"/></svg>`,
    { dpi: 100 },
  );
  const { fixture: s, handlers } = await play([
    { number: 1, dpi: 100, image: { format: 'raw', channels: 3, ...picture } },
  ]);
  await handlers.begin({ mode: 'single' });
  await handlers.scan({});
  expect((await looked(s)).work!.pages[0]!.flaws).toContain('finger');
});
