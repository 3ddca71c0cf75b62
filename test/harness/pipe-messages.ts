/** Messages on the pipe between the kiosk and a browser, seen by a test in between. */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { Transform, type Readable } from 'node:stream';
import { spawnProcess } from '../../main/platform/run.ts';
import { decodeMessage, messageLength } from '../../main/shell/chromium/pipe-cbor.ts';

/** Reassembles the chunks of the pipe and passes on the bytes of each whole message. */
export const wholeMessages = (hand: (bytes: Buffer) => void): ((chunk: Buffer) => void) => {
  let parts: Buffer[] = [];
  let held = 0;
  let wanted = Infinity;
  return (chunk) => {
    parts.push(chunk);
    held += chunk.length;
    for (;;) {
      if (wanted === Infinity && held > 0) {
        parts = [Buffer.concat(parts)];
        wanted = messageLength(parts[0] ?? Buffer.alloc(0)) ?? Infinity;
      }
      if (held < wanted) return;
      const all = Buffer.concat(parts);
      hand(all.subarray(0, wanted));
      parts = [all.subarray(wanted)];
      held -= wanted;
      wanted = Infinity;
      if (held === 0) return;
    }
  };
};

/** The browser's messages, each handed to `decide`, which passes on what the kiosk gets, at once or later. */
export const throughMessages = (
  fromBrowser: Readable,
  decide: (bytes: Buffer, pass: (bytes: Buffer) => void) => void,
): Readable => {
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hear(chunk);
      done();
    },
  });
  const hear = wholeMessages((bytes) => decide(bytes, (passed) => void (through.destroyed || through.push(passed))));
  return fromBrowser.pipe(through);
};

/** What a page's renderer reports. The rest comes from the browser process, over another channel. */
const OF_RENDERER =
  /^(Page\.(frame(Attached|Detached|Navigated|StartedLoading|StoppedLoading)|domContentEventFired|navigatedWithinDocument|documentOpened|windowOpen)|Runtime\..+|DOM\..+)$/;

const delayed = (fromBrowser: Readable, ms: number): Readable =>
  throughMessages(fromBrowser, (bytes, pass) => {
    const { method = '' } = decodeMessage(bytes) as { readonly method?: string };
    if (OF_RENDERER.test(method)) setTimeout(() => pass(bytes), ms);
    else pass(bytes);
  });

/**
 * Starts browsers whose renderers report late, each in order, while their browser process reports at once: as on a busy
 * machine, where the two channels drift apart.
 */
export const spawnWithLateRenderers =
  (ms: number) =>
  (program: string, args: readonly string[], options: SpawnOptions): ChildProcess => {
    const child = spawnProcess(program, args, options);
    if (args.some((one) => one.startsWith('--remote-debugging-pipe')))
      (child.stdio as unknown as Readable[])[4] = delayed(child.stdio[4] as Readable, ms);
    return child;
  };
