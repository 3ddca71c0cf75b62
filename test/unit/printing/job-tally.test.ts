import { describe, expect, it } from 'vitest';
import { printerFault, type JobEnd } from '../../../main/devices/printer.ts';
import { newTally, verdict } from '../../../main/devices/ipp/job-tally.ts';
import { newDelivery, resumedDelivery } from '../../../main/devices/ipp/start-delivery.ts';

const JOB = { id: '1', sides: 4 };
const aborted: JobEnd = { kind: 'failed', fault: printerFault('printer.aborted') };
const refused: JobEnd = { kind: 'failed', fault: printerFault('printer.format-refused') };

const judge = (end: JobEnd, began: boolean, sidesOut: number, delivered: JobEnd = { kind: 'done' }) => {
  const delivery = { ...newDelivery(false, 'Document'), ids: [1], finished: true };
  if (delivered.kind === 'failed') delivery.fault = delivered.fault;
  return verdict(delivery, { ...newTally(), ends: new Map([[1, end]]), began }, JOB, sidesOut)?.end;
};

describe('two sides, of which the printer counted half', () => {
  const done = (copies: number) => {
    const delivery = { ...newDelivery(true, 'Document'), ids: [1], finished: true, copies };
    const ends = new Map<number, JobEnd>([[1, { kind: 'done' }]]);
    return verdict(delivery, { ...newTally(), ends }, JOB, 2);
  };

  it('are all out: it counts sheets', () => {
    expect(done(1)).toMatchObject({ sidesOut: 4, end: { kind: 'done' } });
  });

  it('may be one of two copies (OpenPrinting/cups#731): the person is told what was counted', () => {
    expect(done(2)).toMatchObject({ sidesOut: 2, end: { kind: 'done' } });
  });
});

describe('a job that the printer gave up', () => {
  it('is left to the person when it had begun and nothing was counted', () => {
    const asked = { kind: 'unconfirmed', fault: { code: 'printer.unsure' } };
    expect(judge(aborted, true, 0)).toMatchObject(asked);
    expect(judge(aborted, true, 0, { kind: 'failed', fault: printerFault('printer.cut') })).toMatchObject(asked);
  });

  it('has printed nothing when it never began', () => {
    expect(judge(aborted, false, 0)).toEqual(aborted);
  });

  it('has printed what was counted', () => {
    expect(judge(aborted, true, 2)).toEqual(aborted);
  });

  it('is told from one that the person stopped, or that an earlier run may have', () => {
    const cancelled: JobEnd = { kind: 'cancelled' };
    expect(judge(cancelled, true, 2)).toMatchObject({
      kind: 'failed',
      fault: { code: 'printer.aborted', retry: 'now' },
    });
    expect(judge(cancelled, false, 0)).toMatchObject({ kind: 'failed', fault: { code: 'printer.aborted' } });
    expect(judge(cancelled, true, 0)).toMatchObject({ kind: 'unconfirmed', fault: { code: 'printer.unsure' } });
    const tally = { ...newTally(), ends: new Map([[1, cancelled]]), began: true };
    const stopped = { ...newDelivery(false, 'Document'), ids: [1], finished: true, stopped: true };
    expect(verdict(stopped, tally, JOB, 2)?.end).toEqual(cancelled);
    expect(verdict(stopped, tally, JOB, 4)?.end).toEqual(cancelled);
    expect(verdict(resumedDelivery(JOB), tally, JOB, 2)?.end).toEqual(cancelled);
  });

  it('keeps its reason when the printer cannot read the document', () => {
    expect(judge(refused, true, 0)).toEqual(refused);
  });
});
