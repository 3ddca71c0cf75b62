/** A printer that answers for itself, and tells nothing of the job: it must not keep the session open for ever. */
import { describe, expect, it } from 'vitest';
import { followed, PENDING } from '../../harness/printing/followed-printer.ts';

const NOT_AUTHORIZED = 0x0403;
const UNSURE = { kind: 'failed', fault: { code: 'printer.unsure' } };
const follow = () => followed({ status: {}, job: NOT_AUTHORIZED, sides: 1 });

describe('a job of which the printer tells nothing', () => {
  it('ends as unknown: the person looks at the printer', async () => {
    const { clock, end } = follow();
    await clock.advance(60_000);
    expect(end()).toBeUndefined();
    await clock.advance(60_000);
    expect(end()).toMatchObject(UNSURE);
  });

  it('ends sooner after « Arrêter »', async () => {
    const { clock, delivery, end } = follow();
    await clock.advance(1_000);
    delivery.stopped = true;
    await clock.advance(35_000);
    expect(end()).toMatchObject(UNSURE);
  });

  it('is followed on once the printer tells of it, and while the printer is away', async () => {
    const { clock, printer, end } = follow();
    await clock.advance(60_000);
    printer.job = PENDING;
    await clock.advance(1_000);
    printer.job = NOT_AUTHORIZED;
    await clock.advance(60_000);
    printer.status = 'printer.unreachable';
    await clock.advance(60_000);
    expect(end()).toBeUndefined();
  });
});
