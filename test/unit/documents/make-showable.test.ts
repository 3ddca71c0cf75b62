import { expect, it } from 'vitest';
import { fail } from '../../../main/contract/result.ts';
import { makeShowable } from '../../../main/features/documents/conversions/make-showable.ts';
import type { AskThread } from '../../../main/platform/ask-thread.ts';
import type { DocumentOperations } from '../../../main/features/documents/work/operations.ts';

it.each([
  ['slow', 'too-complex'],
  ['died', 'too-complex'],
  ['too-large', 'too-complex'],
])(
  'a PDF that the decoder answers with “%s” is refused as %s: it weighs little and is a PDF already',
  async (problem, reason) => {
    const ask = async () => fail(problem);
    const documentThread: AskThread<DocumentOperations> = { ask, askLater: ask, clear: async () => undefined };
    const bytes = Buffer.from('%PDF-1.4');
    expect(await makeShowable({ documentThread, office: undefined }, { name: 'plan.pdf', bytes })).toEqual(
      fail(reason),
    );
  },
);
