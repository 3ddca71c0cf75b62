import { describe, expect, it } from 'vitest';
import { createReadAloud } from '../../../main/features/speech/read-aloud.ts';
import type { IdleLocks } from '../../../main/features/feature.ts';
import type { Logger } from '../../../main/log/logger.ts';
import { createMemorySpeech } from '../../harness/speech/memory-speech.ts';

const PAGE = Array.from({ length: 20 }, (_, n) => `Voici la phrase ${n} d’une lettre assez longue.`).join(' ');
const inFrench = (...texts: readonly string[]) => texts.map((words) => ({ words, tag: 'fr' }));
const never = new Promise<void>(() => undefined);

const createFixture = () => {
  const { speech, controller } = createMemorySpeech();
  const logged: unknown[] = [];
  const logger: Logger = { log: (event, fields) => void logged.push([event, fields]) };
  const voice = { isThere: false };
  let changes = 0;
  const held: string[] = [];
  const idleLocks: IdleLocks = {
    acquire(what) {
      held.push(what);
      return () => void held.splice(held.indexOf(what), 1);
    },
  };
  const aloud = createReadAloud({ speech, voice, logger, idleLocks, onChange: () => (changes += 1) });
  const begin = async () => {
    const begun = await aloud.listen(inFrench(PAGE));
    if (!begun.ok) throw new Error(begun.error);
    return begun.value;
  };
  const end = async () => {
    await aloud.end();
    return aloud.leftovers();
  };
  return { aloud, voice, controller, logged, held, begin, end, changes: () => changes };
};

describe('reading aloud', () => {
  it('is offered where there is a voice, told once', async () => {
    const { aloud, voice, changes, controller } = createFixture();
    expect(voice.isThere).toBe(false);
    await aloud.look();
    await aloud.look();
    expect(voice.isThere).toBe(true);
    controller.there = false;
    await aloud.look();
    expect(voice.isThere).toBe(false);
    expect(changes()).toBe(2);
  });

  it('is looked for in vain by somebody who leaves at once: no program is left, and the next look finds it', async () => {
    const { aloud, voice, controller, end } = createFixture();
    controller.gate = never;
    void aloud.look();
    expect(aloud.leftovers()).toEqual(['a program that makes a voice']);
    expect(await end()).toEqual([]);
    expect(voice.isThere).toBe(false);
    controller.gate = Promise.resolve();
    await aloud.look();
    controller.gate = never;
    void aloud.look();
    expect(await end()).toEqual([]);
    expect(voice.isThere).toBe(true);
  });

  it('makes one part at a time, each once however often it is fetched', async () => {
    const { aloud, begin, controller } = createFixture();
    const { reading, of } = await begin();
    expect(of.length).toBeGreaterThan(2);
    expect(controller.said).toHaveLength(1);
    expect(await aloud.sound(reading, 0)).toBe(await aloud.sound(reading, 0));
    expect(controller.said).toHaveLength(1);
    expect(await aloud.sound(reading, 1)).toBeDefined();
    expect(controller.said).toHaveLength(2);
    expect(await aloud.sound(reading, of.length)).toBeUndefined();
  });

  it('keeps no sound after it has stopped', async () => {
    const { aloud, begin } = createFixture();
    const { reading } = await begin();
    aloud.quiet(reading);
    expect(await aloud.sound(reading, 0)).toBeUndefined();
    expect(aloud.leftovers()).toEqual([]);
  });

  it('reads the document asked last; an old screen’s « stop » does not silence it', async () => {
    const { aloud, begin } = createFixture();
    const first = await begin();
    const second = await begin();
    expect(await aloud.sound(first.reading, 0)).toBeUndefined();
    aloud.quiet(first.reading);
    expect(await aloud.sound(second.reading, 0)).toBeDefined();
  });

  it('ends the making of a sound when another is asked, and at the end of a session', async () => {
    const { aloud, controller, end } = createFixture();
    controller.gate = never;
    const first = aloud.listen(inFrench(PAGE));
    const second = aloud.listen(inFrench(PAGE));
    expect(await first).toEqual({ ok: false, error: 'no-voice' });
    expect(aloud.leftovers()).toHaveLength(2);
    expect(await end()).toEqual([]);
    expect(await second).toEqual({ ok: false, error: 'no-voice' });
  });

  it('the audit detects a program that does not end', async () => {
    const { aloud, controller, end } = createFixture();
    Object.assign(controller, { gate: never, undying: true });
    void aloud.listen(inFrench(PAGE));
    expect(await end()).toEqual(['a program that makes a voice']);
  });

  it('says that it has no voice, and logs why without a word of the text', async () => {
    const { aloud, controller, logged, end } = createFixture();
    controller.fault = 'no-answer';
    expect(await aloud.listen(inFrench(PAGE))).toEqual({ ok: false, error: 'no-voice' });
    expect(logged).toEqual([['speech.not-spoken', { code: 'no-answer' }]]);
    expect(await end()).toEqual([]);
  });

  it('a part that fails later is not there, and a second look tries again', async () => {
    const { aloud, begin, controller } = createFixture();
    const { reading } = await begin();
    controller.fault = 'garbled';
    expect(await aloud.sound(reading, 1)).toBeUndefined();
    controller.fault = undefined;
    expect(await aloud.sound(reading, 2)).toBeDefined();
    expect(await aloud.sound(reading, 1)).toBeDefined();
  });

  it('keeps the session from the first press until it is quiet, whichever reading was the last', async () => {
    const { aloud, begin, held } = createFixture();
    const first = await begin();
    const second = await begin();
    expect(held).toEqual(['voice']);
    aloud.quiet(first.reading);
    expect(held).toEqual(['voice']);
    aloud.quiet(second.reading);
    expect(held).toEqual([]);
  });

  it('keeps the session while the browser speaks, and makes no sound itself', async () => {
    const { aloud, held, controller } = createFixture();
    const reading = aloud.listenInBrowser();
    expect(held).toEqual(['voice']);
    expect(await aloud.sound(reading, 0)).toBeUndefined();
    expect(controller.said).toEqual([]);
    aloud.quiet(reading);
    expect(held).toEqual([]);
  });

  it('keeps no session when it failed, had nothing to read, or the session ended', async () => {
    const { aloud, begin, held, controller, end } = createFixture();
    await aloud.listen(inFrench('…'));
    expect(held).toEqual([]);
    await begin();
    await end();
    expect(held).toEqual([]);
    controller.fault = 'no-answer';
    await aloud.listen(inFrench(PAGE));
    expect(held).toEqual([]);
  });

  it('begins at the part where it was cut', async () => {
    const { aloud, controller } = createFixture();
    const begun = await aloud.listen(inFrench(PAGE), 2);
    if (!begun.ok) throw new Error(begun.error);
    const [third] = controller.said;
    await aloud.sound(begun.value.reading, 0);
    await aloud.sound(begun.value.reading, 2);
    expect(controller.said).toHaveLength(3);
    expect(controller.said[2]).toBe(third);
    expect(controller.said[1]).not.toBe(third);
  });

  it('has nothing to read where there are no words', async () => {
    const { aloud, controller } = createFixture();
    expect(await aloud.listen(inFrench('…', ''))).toEqual({ ok: false, error: 'no-text' });
    expect(controller.said).toEqual([]);
  });
});
