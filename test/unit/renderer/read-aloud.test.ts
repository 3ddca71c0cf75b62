/** « Écouter » in the screens: where it is, where it begins, and what it stops. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../../main/contract/result.ts';
import { ReadAloud, type ReadAloudDeps, type Said } from '../../../renderer/features/speech/read-aloud.svelte.ts';

afterEach(() => vi.unstubAllGlobals());

const READING = 'reading-1';
const setUp = (machineHasVoice: boolean) => {
  const asked: unknown[] = [];
  const sounds: string[] = [];
  const player = {
    set src(address: string) {
      sounds.push(address);
    },
    play: async () => undefined,
    pause: () => undefined,
    removeAttribute: () => undefined,
    load: () => undefined,
  } as unknown as HTMLAudioElement;
  const speech = {
    listenInBrowser: async () => {
      asked.push(['listenInBrowser']);
      return ok({ reading: READING });
    },
    quiet: async (input) => {
      asked.push(['quiet', input]);
      return ok(null);
    },
  } as ReadAloudDeps['speech'];
  const voice = new ReadAloud({ speech, machineHasVoice: () => machineHasVoice });
  const shown: unknown[] = [];
  const said: Said = {
    listen: async (from) => {
      asked.push(['listen', from]);
      return ok({ reading: READING, of: [0, 0, 1, 1] });
    },
    texts: async () =>
      ok([
        { words: 'Un. Deux.', tag: 'fr' },
        { words: 'Three.', tag: 'en' },
      ]),
    onText: (index) => shown.push(index),
    onFailed: ({ code }) => shown.push(code),
  };
  return { voice, said, asked, sounds, shown, stop: voice.start(player) };
};

describe('the machine’s voice', () => {
  it('begins at the part that was asked for, and knows where it is', async () => {
    const { voice, said, asked, sounds, shown, stop } = setUp(true);
    expect(voice.part).toBeUndefined();
    await voice.say(said, 1);
    expect(asked).toEqual([['listen', 1]]);
    expect(voice.part).toBe(1);
    expect(voice.isSaying(said)).toBe(true);
    voice.ended();
    expect(voice.part).toBe(2);
    expect(sounds).toEqual([`/bytes/speech/${READING}/1.wav`, `/bytes/speech/${READING}/2.wav`]);
    expect(shown).toEqual([0, 1]);
    stop();
    expect(voice.part).toBeUndefined();
    expect(voice.isSaying(said)).toBe(false);
    expect(shown).toEqual([0, 1, undefined]);
    expect(asked.at(-1)).toEqual(['quiet', { reading: READING }]);
  });

  it('stops at the end, and when what it says is gone', async () => {
    const { voice, said, sounds } = setUp(true);
    await voice.say(said, 3);
    voice.ended();
    expect(voice.isSaying(said)).toBe(false);
    const gone = { ...said, onText: () => voice.stop() };
    await voice.say(gone);
    expect(voice.isSaying(gone)).toBe(false);
    expect(sounds).toHaveLength(1);
  });

  it('says what went wrong to whom it read, once', async () => {
    const { voice, said, shown } = setUp(true);
    await voice.say({ ...said, listen: async () => fail({ code: 'documents.gone' }) });
    expect(shown).toEqual([undefined, 'documents.gone']);
    await voice.say(said);
    voice.broke();
    voice.broke();
    expect(shown.slice(2)).toEqual([0, undefined, 'speech.no-voice']);
  });

  it('says only what was asked last: a document after a screen', async () => {
    const { voice, said, asked } = setUp(true);
    const other = { ...said };
    await Promise.all([voice.say(said), voice.say(other)]);
    expect([voice.isSaying(said), voice.isSaying(other)]).toEqual([false, true]);
    expect(asked.filter((one) => (one as string[])[0] === 'quiet')).toHaveLength(1);
  });
});

describe('the browser’s voice', () => {
  const speak = () => {
    const spoken: { text: string; lang?: string; onend?: () => void }[] = [];
    vi.stubGlobal(
      'SpeechSynthesisUtterance',
      class {
        onend?: () => void;
        readonly text: string;
        constructor(text: string) {
          this.text = text;
        }
      },
    );
    vi.stubGlobal('speechSynthesis', {
      getVoices: () => [{ localService: true, lang: 'fr-FR' }],
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
      cancel: () => undefined,
      speak: (one: (typeof spoken)[number]) => spoken.push(one),
    });
    return spoken;
  };

  it('begins at the sentence that was asked for, in its language, and says when it is quiet', async () => {
    const spoken = speak();
    const { voice, said, asked, shown } = setUp(false);
    expect(voice.available).toBe(true);
    await voice.say(said, 1);
    expect(spoken.map(({ text, lang }) => [text, lang])).toEqual([
      ['Deux.', 'fr'],
      ['Three.', 'en'],
    ]);
    expect(voice.part).toBe(1);
    spoken[0]?.onend?.();
    expect(voice.part).toBe(2);
    spoken[1]?.onend?.();
    expect(voice.isSaying(said)).toBe(false);
    expect(shown).toEqual([0, 1, undefined]);
    expect(asked).toEqual([['listenInBrowser'], ['quiet', { reading: READING }]]);
  });

  it('says nothing when what it would say is gone by then', async () => {
    const spoken = speak();
    const { voice, said, asked } = setUp(false);
    const gone = { ...said, onText: (index: number | undefined) => index !== undefined && voice.stop() };
    await voice.say(gone);
    expect(spoken).toEqual([]);
    expect(voice.isSaying(gone)).toBe(false);
    expect(asked.at(-1)).toEqual(['quiet', { reading: READING }]);
  });

  it('is quiet at once for somebody who stopped it before the text was there', async () => {
    const spoken = speak();
    const { voice, said, asked } = setUp(false);
    const begun = voice.say(said);
    voice.stop();
    await begun;
    expect(spoken).toEqual([]);
    expect(asked.at(-1)).toEqual(['quiet', { reading: READING }]);
  });
});
