/** Which documents are chosen when the question of a site is seen again after other screens. */
import { describe, expect, test } from 'vitest';
import { FilesChoice } from '../../../renderer/features/documents/files-choice.svelte.ts';

type Look = Parameters<FilesChoice['look']>[0];
const paper = (id: string, origin: Look[number]['origin'] = 'scan', sent = false): Look[number] => ({
  id,
  origin,
  done: { sent, printed: false, copied: false },
});
const [a, b, c] = [paper('a'), paper('b'), paper('c')];
const look = (choice: FilesChoice, ...list: Look): readonly string[] => {
  choice.look(list, new Set(list.map(({ id }) => id)));
  return choice.chosen;
};

describe.each([
  ['one document', false],
  ['several documents', true],
])('a question for %s', (_, multiple) => {
  test('begins with the newest document', () => {
    expect(look(new FilesChoice({ multiple }), a, b)).toEqual(['b']);
  });

  test('begins with none when a site already received the newest, or this one does not accept it', () => {
    expect(look(new FilesChoice({ multiple }), a, paper('b', 'scan', true))).toEqual([]);
    const choice = new FilesChoice({ multiple });
    choice.look([a, b], new Set(['a']));
    expect(choice.chosen).toEqual([]);
  });

  test('keeps the choice when the documents were only looked at', () => {
    const choice = new FilesChoice({ multiple });
    look(choice, a, b);
    if (multiple) choice.press('b');
    choice.press('a');
    expect(look(choice, a, b)).toEqual(['a']);
  });

  test('drops a document that was erased meanwhile', () => {
    const choice = new FilesChoice({ multiple });
    look(choice, a, b);
    expect(look(choice, a)).toEqual([]);
  });

  test('takes the first document that comes when there was none', () => {
    const choice = new FilesChoice({ multiple });
    look(choice);
    expect(look(choice, paper('a', 'key'))).toEqual(['a']);
  });
});

describe('a question for several documents', () => {
  test('adds what came since', () => {
    const choice = new FilesChoice({ multiple: true });
    look(choice, a, b);
    choice.press('a');
    expect(look(choice, a, b, c)).toEqual(['b', 'a', 'c']);
  });

  test('stays without a choice when the person took it back', () => {
    const choice = new FilesChoice({ multiple: true });
    look(choice, a);
    choice.press('a');
    expect(look(choice, a)).toEqual([]);
  });
});

describe('a question for one document', () => {
  test('takes the paper that was scanned for it, and stays with a later choice', () => {
    const choice = new FilesChoice({ multiple: false });
    look(choice, a);
    choice.goesFor('scan');
    expect(look(choice, a)).toEqual(['a']); // seen before the paper is kept
    expect(look(choice, a, b)).toEqual(['b']);
    choice.press('a');
    expect(look(choice, a, b, c)).toEqual(['a']);
  });

  test('takes the file that was fetched from the key for it', () => {
    const choice = new FilesChoice({ multiple: false });
    look(choice, a);
    choice.goesFor('key');
    expect(look(choice, a, paper('rib', 'key'))).toEqual(['rib']);
  });

  test('takes the protected copy that was made meanwhile', () => {
    const choice = new FilesChoice({ multiple: false });
    look(choice, a);
    expect(look(choice, a, paper('copy', 'watermark'))).toEqual(['copy']);
  });

  test('does not take a document that came otherwise', () => {
    const choice = new FilesChoice({ multiple: false });
    look(choice, a);
    expect(look(choice, a, b)).toEqual(['a']);
    choice.goesFor('scan');
    expect(look(choice, a, b, paper('c', 'download'))).toEqual(['a']);
  });
});
