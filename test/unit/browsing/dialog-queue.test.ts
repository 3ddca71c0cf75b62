import { beforeEach, describe, expect, it } from 'vitest';
import { createDialogQueue, type DialogQueue, type SiteDialog } from '../../../main/features/browsing/dialog-queue.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

let clock: ManualClock;
let queue: DialogQueue;
let answers: [string, boolean, string | undefined][];
let shown: string[];
let done: number;
const dialog = (id: string, type: SiteDialog['type'] = 'alert'): SiteDialog => ({
  kind: 'dialog',
  id,
  type,
  message: 'm',
  defaultText: '',
});

beforeEach(() => {
  clock = createManualClock();
  [answers, shown, done] = [[], [], 0];
  queue = createDialogQueue({
    clock,
    answer: (id, accept, text) => void answers.push([id, accept, text]),
    show: (one) => void shown.push(one.id),
    done: () => void (done += 1),
  });
});

describe('the dialogs of a site', () => {
  it('are shown and answered once', () => {
    queue.opened(dialog('1', 'confirm'));
    queue.answer(shown.at(-1) ?? '', true, 'ignored');
    expect([shown, answers, done]).toEqual([['1'], [['1', true, undefined]], 1]);
  });
  it('pass on the text only for a prompt', () => {
    queue.opened(dialog('1', 'prompt'));
    queue.answer(shown.at(-1) ?? '', true, 'Moulins');
    expect(answers).toEqual([['1', true, 'Moulins']]);
  });
  it('come before our question whether to leave, which goes with its page', () => {
    let left = 0;
    queue.opened(dialog('1'));
    queue.askToLeave(() => void (left += 1));
    queue.answer('1', true, '');
    expect([shown.length, done]).toEqual([2, 0]);
    queue.otherPage();
    expect([done, left, answers.length]).toEqual([1, 0, 1]);
    expect(queue.answer(shown.at(-1) ?? '', true, '')).toBe(false);
  });
  it('do not ask a second time whether to leave the page', async () => {
    queue.askToLeave(() => queue.opened(dialog('its-own', 'beforeunload')));
    queue.answer(shown.at(-1) ?? '', true, '');
    expect(answers).toEqual([['its-own', true, undefined]]);
    expect(shown).toHaveLength(1);
    await clock.advance(3_000);
    queue.opened(dialog('later', 'beforeunload'));
    expect(shown.at(-1)).toBe('later');
  });
  it('in a loop are dismissed automatically after four', () => {
    for (let i = 1; i <= 6; i++) {
      queue.opened(dialog(String(i)));
      if (i < 5) queue.answer(shown.at(-1) ?? '', true, '');
    }
    expect(shown).toEqual(['1', '2', '3', '4']);
    expect(answers.slice(4)).toEqual([
      ['5', false, undefined],
      ['6', false, undefined],
    ]);
  });
  it('of one page do not count against the next', () => {
    for (let i = 1; i <= 3; i++) {
      queue.opened(dialog(String(i)));
      queue.answer(shown.at(-1) ?? '', true, '');
    }
    queue.clear();
    queue.otherPage();
    for (let i = 4; i <= 7; i++) {
      queue.opened(dialog(String(i)));
      queue.answer(shown.at(-1) ?? '', true, '');
    }
    expect(shown).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  });
  it('of a page that reloads itself still count as a loop', () => {
    for (let i = 1; i <= 6; i++) {
      queue.opened(dialog(String(i)));
      queue.answer(shown.at(-1) ?? '', true, '');
      queue.clear();
    }
    expect(shown).toEqual(['1', '2', '3', '4']);
  });
  it('never prevent the person from leaving the page', () => {
    for (let i = 1; i <= 4; i++) queue.opened(dialog(String(i)));
    queue.opened(dialog('5', 'beforeunload'));
    expect(answers.at(-1)).toEqual(['5', true, undefined]);
  });
  it('that are rare are all shown', async () => {
    for (let i = 1; i <= 8; i++) {
      queue.opened(dialog(String(i)));
      queue.answer(shown.at(-1) ?? '', true, '');
      await clock.advance(6_000);
    }
    expect(shown.length).toBe(8);
  });
  it('wait for each other: a second one is shown when the first is answered, and both get their answer', () => {
    queue.opened(dialog('opener', 'confirm'));
    queue.opened(dialog('popup', 'prompt'));
    expect(shown).toEqual(['opener']);
    queue.answer(shown.at(-1) ?? '', false, '');
    expect([shown, done]).toEqual([['opener', 'popup'], 0]);
    queue.answer(shown.at(-1) ?? '', true, 'Moulins');
    expect(answers).toEqual([
      ['opener', false, undefined],
      ['popup', true, 'Moulins'],
    ]);
    expect(done).toBe(1);
  });
  it('in a loop of one window leave the dialog of another one on the screen', () => {
    queue.opened(dialog('opener'));
    for (let i = 1; i <= 5; i++) queue.opened(dialog(`popup-${i}`));
    for (let i = 1; i <= 3; i++) queue.gone(`popup-${i}`);
    expect(answers).toEqual([
      ['popup-4', false, undefined],
      ['popup-5', false, undefined],
    ]);
    expect([shown, done]).toEqual([['opener'], 0]);
    queue.answer(shown.at(-1) ?? '', true, '');
    expect([answers.at(-1), done]).toEqual([['opener', true, undefined], 1]);
  });
  it('of a window that closes leave the others waiting, and give up their place', () => {
    for (const id of ['opener', 'popup', 'other']) queue.opened(dialog(id));
    queue.gone('popup');
    expect(shown).toEqual(['opener']);
    queue.gone('opener');
    expect([shown, done]).toEqual([['opener', 'other'], 0]);
  });
  it('are done when their guest ends', () => {
    queue.clear();
    expect(done).toBe(0);
    queue.opened(dialog('1'));
    queue.opened(dialog('2'));
    queue.clear();
    queue.answer(shown.at(-1) ?? '', true, '');
    expect([done, answers]).toEqual([1, []]);
  });
  it('that close by themselves are done, and done only once', () => {
    queue.opened(dialog('1'));
    queue.gone('other');
    expect(done).toBe(0);
    queue.gone('1');
    queue.gone('1');
    queue.answer(shown.at(-1) ?? '', true, '');
    expect([done, answers]).toEqual([1, []]);
  });
});
