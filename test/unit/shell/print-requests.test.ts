/** Print requests of a page are captured one at a time, and a page that keeps asking is ignored. */
import { describe, expect, it } from 'vitest';
import { sleep } from '../../../main/platform/clock.ts';
import { handlePrintRequests } from '../../../main/shell/chromium/print-requests.ts';
import { CdpError, CdpLate, type CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

/** A command without an answer is given up after this time. */
const LATE_MS = 10_000;
const PAPER = Buffer.from('%PDF-1.7 RECU');
const datedPaper = (text: string, second: number): Buffer =>
  Buffer.from(`%PDF-1.7 /CreationDate (D:202611280312${second}+00'00') ${text}`);

/** A browser whose print dialogs produce this PDF, or that of their id in `papers`. They fail when `broken`. */
const browser = (clock: ManualClock, broken = false) => {
  const papers = new Map<string, Buffer>();
  const open = new Set<string>();
  const said: string[] = [];
  let closes = true;
  let lateCommand: string | undefined;
  const session = (id: string): CdpSession => ({
    send: (async (command: string, params: { targetId?: string; expression?: string } = {}) => {
      if (command === lateCommand) {
        await sleep(clock, LATE_MS);
        throw new CdpLate(command, 'no answer');
      }
      if (command === 'Target.attachToTarget') {
        if (!open.has(params.targetId ?? '')) throw new CdpError(command, 'no such target');
        return { sessionId: params.targetId };
      }
      const { expression = '' } = params;
      if (expression.includes('dialogClose')) {
        if (closes) open.delete(id);
        said.push(`${id} ended`);
      }
      if (expression.includes('getPreview')) {
        if (broken) return { result: {}, exceptionDetails: { text: 'no preview' } };
        listeners.get(id)?.({ sessionId: `${id}-frame` });
      }
      if (expression === 'location.href') return { result: { value: 'chrome-untrusted://print/1/-1/print.pdf' } };
      const paper = papers.get(id.replace('-frame', '')) ?? PAPER;
      if (expression.includes('fetch(')) return { result: { value: paper.length } };
      if (expression.includes('toBase64')) return { result: { value: paper.toString('base64') } };
      return { result: {} };
    }) as CdpSession['send'],
    on: (event, listener) => {
      if (event === 'Target.attachedToTarget') listeners.set(id, listener as (params: unknown) => void);
      return () => undefined;
    },
    child: session,
  });
  const listeners = new Map<string, (params: unknown) => void>();
  return {
    root: session(''),
    papers,
    breaks: () => void (broken = true),
    said,
    opens: (id: string) => void open.add(id),
    keeps: () => void (closes = false),
    answersLate: (command: string | undefined) => void (lateCommand = command),
  };
};

const listen = (broken = false) => {
  const clock = createManualClock();
  const { root, papers, breaks, said, opens, keeps, answersLate } = browser(clock, broken);
  const heard: string[] = [];
  const prints = handlePrintRequests({
    clock,
    root,
    onWanted: () => void heard.push('wanted'),
    onDialog: (open) => void heard.push(open ? 'veiled' : 'seen'),
    onStuck: () => void heard.push('stuck'),
    onFailed: () => void heard.push('failed'),
  });
  const ask = (id: string): void => {
    opens(id);
    prints.begin(id);
  };
  /** The code checks again for ended dialogs after a moment. */
  const settle = async (): Promise<void> => {
    await clock.advance(60);
    await clock.advance(60);
  };
  const wanted = (): number => heard.filter((one) => one === 'wanted').length;
  /** What the print screen gets. */
  const given = async (): Promise<string> => Buffer.from((await prints.last()) as Uint8Array).toString();
  return { prints, heard, wanted, given, papers, breaks, said, ask, clock, settle, opens, keeps, answersLate };
};

describe('a page’s print request', () => {
  it('is kept until the next one, and its dialog is closed', async () => {
    const { prints, heard, said, ask, settle } = listen();
    ask('a');
    await settle();
    expect(Buffer.from((await prints.last()) as Uint8Array)).toEqual(PAPER);
    expect(said).toEqual(['a ended']);
    expect(heard).toEqual(['veiled', 'wanted', 'seen']);
    expect(prints.isTaking()).toBe(false);
  });

  it('that we triggered is captured without being reported, and does not replace the page’s own', async () => {
    const { prints, heard, ask, settle } = listen();
    const taken = prints.taken(async () => {
      ask('a');
      return true;
    });
    await settle();
    expect(Buffer.from((await taken) as Uint8Array)).toEqual(PAPER);
    expect(heard).toEqual(['veiled', 'seen']);
    await expect(prints.last()).rejects.toThrow('requested no print');
  });

  it('that we triggered twice, as the person pressed again before the paper came, is captured once for both', async () => {
    const { prints, ask, settle, clock } = listen();
    let presses = 0;
    const press = async (): Promise<boolean> => {
      // The browser opens no second dialog for a page that has one.
      if (++presses === 1) ask('a');
      return true;
    };
    const both = Promise.allSettled([prints.taken(press), prints.taken(press)]);
    await settle();
    await clock.advance(40_000);
    const papers = (await both).map((one) => one.status === 'fulfilled' && Buffer.from(one.value as Uint8Array));
    expect(papers).toEqual([PAPER, PAPER]);
    expect(presses).toBe(1);
    const again = prints.taken(async () => {
      ask('b');
      return true;
    });
    await settle();
    expect(Buffer.from((await again) as Uint8Array)).toEqual(PAPER);
  });

  it('that we triggered and that gives no paper is an error, not a page without a button', async () => {
    const { prints, heard, ask, clock, answersLate } = listen();
    const taken = prints.taken(async () => {
      ask('a');
      answersLate('Runtime.evaluate');
      return true;
    });
    const failed = expect(taken).rejects.toThrow('no answer');
    await clock.advance(2 * LATE_MS - 1); // and the first attempt to close is late
    answersLate(undefined);
    await clock.advance(LATE_MS);
    await failed;
    expect(heard).toEqual(['veiled', 'failed', 'seen']);
  });

  it('that we triggered on something that cannot be printed counts as no button: the page is all there is', async () => {
    const { prints, ask, settle } = listen(true);
    const taken = prints.taken(async () => {
      ask('a');
      return true;
    });
    await settle();
    expect(await taken).toBeUndefined();
  });

  it('counts as the page’s own again when there was nothing to trigger', async () => {
    const { prints, heard, ask, settle } = listen();
    expect(await prints.taken(async () => false)).toBeUndefined();
    ask('a');
    await settle();
    expect(heard).toEqual(['veiled', 'wanted', 'seen']);
  });

  it('is not reported again within two seconds, but each dialog is closed', async () => {
    const { heard, said, ask, clock, settle } = listen();
    for (const id of ['a', 'b', 'c']) {
      ask(id);
      await settle();
    }
    expect(heard.filter((one) => one === 'wanted')).toHaveLength(1);
    expect(said).toEqual(['a ended', 'b ended', 'c ended']);
    await clock.advance(2_001);
    ask('d');
    await settle();
    expect(heard.filter((one) => one === 'wanted')).toHaveLength(2);
  });

  it('that is not reported again is hidden all the same, until no dialog is left', async () => {
    const { heard, ask, settle } = listen();
    ask('a');
    ask('b');
    await settle();
    expect(heard).toEqual(['veiled', 'wanted', 'veiled', 'seen']);
    heard.length = 0;
    ask('c');
    expect(heard).toEqual(['veiled']);
    await settle();
    expect(heard).toEqual(['veiled', 'seen']);
  });

  it('whose dialog cannot be closed stays hidden', async () => {
    const { heard, clock, opens, prints, keeps } = listen();
    keeps();
    opens('a');
    prints.begin('a');
    await clock.advance(10_000);
    expect(heard).toEqual(['veiled', 'wanted', 'stuck']);
  });

  it.each(['Target.attachToTarget', 'Runtime.evaluate'])(
    'stays hidden while its dialog may be there, because %s has no answer',
    async (command) => {
      const { prints, heard, said, clock, opens, answersLate } = listen();
      opens('a');
      answersLate(command);
      prints.begin('a');
      await clock.advance(2 * LATE_MS - 1); // the paper was given up, and the first attempt to close is late
      expect(heard).toEqual(['veiled', 'wanted', 'failed']);
      answersLate(undefined);
      await clock.advance(LATE_MS);
      expect(said).toEqual(['a ended']);
      expect(heard).toEqual(['veiled', 'wanted', 'failed', 'seen']);
    },
  );

  it('of a browser that never answers ends its guest', async () => {
    const { prints, heard, clock, opens, answersLate } = listen();
    opens('a');
    answersLate('Target.attachToTarget');
    prints.begin('a');
    await clock.advance(6 * LATE_MS);
    expect(heard).toEqual(['veiled', 'wanted', 'failed', 'stuck']);
  });

  it('that cannot be captured is reported, and nothing is kept', async () => {
    const { prints, heard, said, ask, settle } = listen(true);
    ask('a');
    await settle();
    await expect(prints.last()).rejects.toThrow('no preview');
    expect(heard).toEqual(['veiled', 'wanted', 'failed', 'seen']);
    expect(said).toEqual(['a ended']);
  });
});

describe('several prints in a row', () => {
  const twoReceipts = async () => {
    const all = listen();
    all.papers.set('a', datedPaper('RECU', 10)).set('b', datedPaper('FACTURE', 10));
    all.ask('a');
    await all.settle();
    all.ask('b');
    return all;
  };

  it('are announced one after the other, each when the person is back from the one before', async () => {
    const { prints, wanted, given, settle } = await twoReceipts();
    await settle();
    prints.returned(); // the site was covered for another reason: the first one is not on the screen yet
    expect(wanted()).toBe(1);
    expect(await given()).toContain('RECU');
    expect(await given()).toContain('RECU'); // the print screen may ask again
    expect(wanted()).toBe(1);
    prints.returned();
    expect(wanted()).toBe(2);
    expect(await given()).toContain('FACTURE');
    prints.returned();
    expect(wanted()).toBe(2);
  });

  it('are announced even if the person is back before the second one is captured', async () => {
    const { prints, wanted, given, settle } = await twoReceipts();
    await given();
    prints.returned();
    expect(wanted()).toBe(1);
    await settle();
    expect(wanted()).toBe(2);
    expect(await given()).toContain('FACTURE');
  });

  it('are announced even if the page prints once more while the person is still at the first one', async () => {
    const { prints, papers, clock, wanted, given, ask, settle } = await twoReceipts();
    await settle();
    expect(await given()).toContain('RECU');
    await clock.advance(10_000);
    papers.set('c', datedPaper('AVIS', 20));
    ask('c');
    await settle();
    for (const words of ['FACTURE', 'AVIS']) {
      prints.returned();
      expect(await given()).toContain(words);
    }
    expect(wanted()).toBe(3);
  });

  it('of the same content are one print', async () => {
    const { prints, papers, wanted, given, ask, settle } = listen();
    papers.set('a', datedPaper('RECU', 10)).set('b', datedPaper('RECU', 11));
    for (const id of ['a', 'b']) {
      ask(id);
      await settle();
    }
    await given();
    prints.returned();
    expect(wanted()).toBe(1);
  });

  it('are three at most', async () => {
    const { prints, papers, said, wanted, given, ask, settle } = listen();
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      papers.set(id, datedPaper(id, 10));
      ask(id);
      await settle();
    }
    expect(said).toHaveLength(5);
    const got: string[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      got.push((await given()).slice(-1));
      prints.returned();
    }
    expect(got).toEqual(['a', 'b', 'c', 'c', 'c']);
    expect(wanted()).toBe(3);
  });

  it('of which a later one fails: the person is told then', async () => {
    const { prints, breaks, wanted, given, ask, settle } = listen();
    ask('a');
    await settle();
    breaks();
    ask('b');
    await settle();
    expect(await given()).toContain('RECU');
    prints.returned();
    expect(wanted()).toBe(2);
    await expect(prints.last()).rejects.toThrow('no preview');
  });

  it('of which the first fails: the others are closed at once, because each attempt hides the site', async () => {
    const { prints, heard, said, wanted, ask, settle } = listen(true);
    ask('a');
    await settle();
    ask('b');
    await settle();
    expect(said).toEqual(['a ended', 'b ended']);
    expect(heard.filter((one) => one === 'failed')).toHaveLength(1);
    await expect(prints.last()).rejects.toThrow('no preview');
    prints.returned();
    expect(wanted()).toBe(1);
  });
});
