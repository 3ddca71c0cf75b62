/** « Écouter » in the screens: where it is, and where it begins. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReadAloud, type ReadAloudDeps } from '../../../renderer/features/documents/read-aloud.svelte.ts';

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
  const documents = {
    listen: async (input) => {
      asked.push(['listen', input]);
      return { ok: true, value: { reading: READING, parts: 4 } };
    },
    listenInBrowser: async () => {
      asked.push(['listenInBrowser']);
      return { ok: true, value: { reading: READING, texts: ['Un. Deux. Trois.'] } };
    },
    quiet: async (input) => {
      asked.push(['quiet', input]);
      return { ok: true, value: null };
    },
  } as ReadAloudDeps['documents'];
  const voice = new ReadAloud({ documents, machineHasVoice: () => machineHasVoice, onFailed: () => undefined });
  const stop = voice.start(player);
  return { voice, asked, sounds, stop };
};

describe('the machine’s voice', () => {
  it('begins at the part that was asked for, and knows where it is', async () => {
    const { voice, asked, sounds, stop } = setUp(true);
    expect(voice.part).toBeUndefined();
    await voice.say('letter', 2);
    expect(asked).toEqual([['listen', { id: 'letter', from: 2 }]]);
    expect(voice.part).toBe(2);
    voice.ended();
    expect(voice.part).toBe(3);
    expect(sounds.map((address) => address.split('/').at(-1))).toEqual(['2.wav', '3.wav']);
    stop();
    expect(voice.part).toBeUndefined();
    expect(asked.at(-1)).toEqual(['quiet', { reading: READING }]);
  });
});

describe('the browser’s voice', () => {
  const speak = () => {
    const spoken: { text: string; onend?: () => void }[] = [];
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

  it('begins at the sentence that was asked for, and says when it is quiet', async () => {
    const spoken = speak();
    const { voice, asked } = setUp(false);
    await voice.say('letter', 1);
    expect(spoken.map(({ text }) => text)).toEqual(['Deux.', 'Trois.']);
    expect(voice.part).toBe(1);
    spoken[0]?.onend?.();
    expect(voice.part).toBe(2);
    spoken[1]?.onend?.();
    expect(voice.speaking).toBe(false);
    expect(asked).toEqual([['listenInBrowser'], ['quiet', { reading: READING }]]);
  });

  it('is quiet at once for somebody who stopped it before the text was there', async () => {
    const spoken = speak();
    const { voice, asked } = setUp(false);
    const begun = voice.say('letter', 0);
    voice.stop();
    await begun;
    expect(spoken).toEqual([]);
    expect(asked.at(-1)).toEqual(['quiet', { reading: READING }]);
  });
});
