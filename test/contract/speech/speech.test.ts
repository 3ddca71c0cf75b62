/** Runs the same suite on the fake voice and the real one, then the tests that only make sense for a real program. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEspeakSpeech, ESPEAK } from '../../../main/devices/espeak/espeak-speech.ts';
import { childrenNamed } from '../../../main/platform/process-tree.ts';
import { run, type Run } from '../../../main/platform/run.ts';
import { createMemorySpeech } from '../../harness/speech/memory-speech.ts';
import { speechSuite } from './suite.ts';

const real = () => createEspeakSpeech({ run, childrenNamed });
const never = new AbortController().signal;
const here = await real().isThere(never);
if (!here) console.warn(`SKIPPED: the voice of a machine, without ${ESPEAK}`);

speechSuite('a voice in memory', () => createMemorySpeech().speech);

describe.skipIf(!here)('on this machine', () => {
  speechSuite(ESPEAK, real);

  it('is the French voice: its sound differs in length from the English one', async () => {
    const text = 'Les oiseaux mangent beaucoup d’eau.';
    const french = await real().soundOf(text, 'fr', never);
    const english = await run(ESPEAK, ['-v', 'en', '-s', '140', '-b', '1', '--stdin', '--stdout'], {
      input: text,
      timeoutMs: 5_000,
    });
    if (!french.ok || !english.ok) throw new Error('no sound');
    expect(french.value.length).not.toBe(english.value.stdout.length);
  });

  it('shows nothing of the text on any command line, nor in any environment', async () => {
    // As long as allowed: with a short text, the program would end before we look.
    const secret = 'Madame Zibeline Quarterback. '.repeat(13).trim();
    const seen: string[] = [];
    const watched: Run = (program, args, options) => {
      const answer = run(program, args, options);
      const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
      // Newest first: the process under test was just started and may end soon.
      for (const pid of pids.map(Number).sort((a, b) => b - a)) {
        for (const file of ['cmdline', 'environ']) {
          try {
            seen.push(readFileSync(`/proc/${pid}/${file}`, 'utf8'));
          } catch {
            // The process has ended, or belongs to another account.
          }
        }
      }
      return answer;
    };
    const made = await createEspeakSpeech({ run: watched, childrenNamed }).soundOf(secret, 'fr', never);
    expect(made.ok).toBe(true);
    expect(seen.some((text) => text.startsWith(ESPEAK))).toBe(true);
    expect(seen.filter((text) => text.includes('Zibeline'))).toEqual([]);
  });

  it('ends its program when the caller aborts', async () => {
    const speech = real();
    const leaving = new AbortController();
    const made = speech.soundOf('Cette phrase ne sera pas dite. '.repeat(12), 'fr', leaving.signal);
    expect(speech.running()).toBe(1);
    leaving.abort();
    expect(await made).toEqual({ ok: false, error: 'aborted' });
    expect(speech.running()).toBe(0);
  });

  it('says two sentences', async () => {
    expect((await real().soundOf('Votre dossier a bien été reçu par nos services. '.repeat(2), 'fr', never)).ok).toBe(
      true,
    );
  });
});

describe('a machine whose program fails', () => {
  const answering = (answer: Awaited<ReturnType<Run>>) =>
    createEspeakSpeech({ run: async () => answer, childrenNamed: () => 0 });
  const output = {
    stdout: Buffer.from('not a sound, and long enough to be taken for one by its length alone'),
    stderr: '',
  };
  it.each<[string, Awaited<ReturnType<Run>>, string]>([
    ['is missing', { ok: false, error: { kind: 'missing', program: ESPEAK } }, 'program-missing'],
    ['hangs', { ok: false, error: { kind: 'timeout', output } }, 'no-answer'],
    ['crashes', { ok: false, error: { kind: 'signal', signal: 'SIGSEGV', output } }, 'garbled'],
    ['refuses', { ok: false, error: { kind: 'exit', code: 1, output } }, 'garbled'],
    ['never ends', { ok: false, error: { kind: 'too-much-output' } }, 'too-long'],
    ['answers nonsense', { ok: true, value: output }, 'garbled'],
    ['answers nothing', { ok: true, value: { stdout: Buffer.alloc(0), stderr: '' } }, 'garbled'],
  ])('%s', async (_how, answer, code) => {
    expect(await answering(answer).soundOf('Bonjour.', 'fr', never)).toEqual({ ok: false, error: code });
    expect(await answering(answer).isThere(never)).toBe(false);
  });
});
