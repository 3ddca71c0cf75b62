/**
 * `print`: from "Imprimer" to the job accepted, against `ipptool` sending the same file to the same printer; the first
 * page picture of a 10-page PDF; memory while paging through a 300-page one.
 */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testKiosk } from '../harness/printing/kiosk-printing.ts';
import { ippPrinter } from '../harness/printing/kiosk-side.ts';
import { has } from '../harness/printing/process.ts';
import { missingPrograms, startPrinterFixture } from '../harness/printing/printer-fixture.ts';
import { samplePdf } from '../harness/printing/sample-pdf.ts';
import { until } from '../harness/until.ts';
import { median, ratioRow, type BenchRow } from './bench-row.ts';

/** Asynchronous: with a blocking call, the printer's log would fill its pipe. */
const runProgram = promisify(execFile);
const ROUNDS = 9;
const PREVIEW_TARGET_MS = 400;
/** Room for the pages of one screen. Growth beyond it in a session is a leak. */
const MEMORY_TARGET_MB = 60;

const timed = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const rssMb = (): number => process.memoryUsage().rss / 1024 / 1024;

/** Print-Job as in ipptool's own files, preceded by the two requests that a careful client sends first. */
const IPPTOOL = `{
  OPERATION Get-Printer-Attributes
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR language attributes-natural-language en
  ATTR uri printer-uri $uri
  STATUS successful-ok
}
{
  OPERATION Validate-Job
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR language attributes-natural-language en
  ATTR uri printer-uri $uri
  ATTR mimeMediaType document-format application/pdf
  GROUP job-attributes-tag
  ATTR keyword media iso_a4_210x297mm
  STATUS successful-ok
}
{
  OPERATION Create-Job
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR language attributes-natural-language en
  ATTR uri printer-uri $uri
  GROUP job-attributes-tag
  ATTR keyword media iso_a4_210x297mm
  STATUS successful-ok
  EXPECT job-id
}
{
  OPERATION Send-Document
  GROUP operation-attributes-tag
  ATTR charset attributes-charset utf-8
  ATTR language attributes-natural-language en
  ATTR uri printer-uri $uri
  ATTR integer job-id $job-id
  ATTR mimeMediaType document-format application/pdf
  ATTR boolean last-document true
  FILE $filename
  STATUS successful-ok
}
`;

export const benchPrint = async (): Promise<readonly BenchRow[]> => {
  const missing = [...missingPrograms(), ...(has('ipptool') ? [] : ['ipptool'])];
  if (missing.length > 0) {
    console.warn(`SKIPPED: bench print, without ${missing.join(', ')}`);
    return [];
  }
  const fixture = await startPrinterFixture();
  const machine = await fixture.printer();
  machine.setPageMs(0);
  const kiosk = testKiosk(ippPrinter(machine.uri, { times: 1 }), { pagesPerSession: null, times: 1 });
  kiosk.printing.start();
  try {
    await until('the printer', () => kiosk.state().printer.state === 'ready');
    const pdf = await samplePdf(10);
    const file = join(fixture.folder, 'ten.pdf');
    const script = join(fixture.folder, 'send.test');
    writeFileSync(file, pdf);
    writeFileSync(script, IPPTOOL);
    await kiosk.show(pdf); // the decoder loads pdf.js once a session

    const previews: number[] = [];
    const ours: number[] = [];
    const theirs: number[] = [];
    const idle = () =>
      until(
        'the printer idle',
        async () => (await ippPrinter(machine.uri).status()).ok && kiosk.state().job?.stage !== 'printing',
        20_000,
      );
    for (let round = 0; round < ROUNDS; round += 1) {
      previews.push(
        await timed(async () => {
          const shown = await kiosk.show(pdf);
          await kiosk.printing.bytes?.(`${shown.document?.id ?? ''}/1/480.png`);
        }),
      );
      // A person looks at the preview first, while blank pages are detected. That time is not measured.
      await kiosk.printing.bytes?.(`${kiosk.state().document?.id ?? ''}/10/480.png`);
      await new Promise((resolve) => setTimeout(resolve, 400));
      ours.push(
        await timed(async () => {
          await kiosk.print({ longAgreed: true });
          // Check on every turn of the event loop: polling every 20 ms would dominate the measurement.
          while (kiosk.state().job?.stage === 'sending') await new Promise((resolve) => setImmediate(resolve));
        }),
      );
      await kiosk.ended();
      await kiosk.printing.handlers.acknowledge({});
      theirs.push(await timed(() => runProgram('ipptool', ['-f', file, machine.uri, script])));
      await idle();
      await until('the queue empty', () => machine.printed().length >= (round + 1) * 2);
    }

    const shown = await kiosk.show(await samplePdf(300));
    const leaf = async (from: number, to: number): Promise<void> => {
      for (let page = from; page <= to; page += 1)
        await kiosk.printing.bytes?.(`${shown.document?.id ?? ''}/${page}/240.png`);
    };
    await leaf(1, 60);
    const before = rssMb();
    await leaf(61, 300);
    const grown = Math.max(0, rssMb() - before);
    const preview = median(previews);
    return [
      ratioRow('print: job accepted, 10 pages, against ipptool (ms)', median(ours), median(theirs), 1.3),
      {
        name: 'print: first page picture, 10 pages (ms)',
        ours: Math.round(preview),
        reference: null,
        ratio: null,
        target: `<= ${PREVIEW_TARGET_MS}`,
        ok: preview <= PREVIEW_TARGET_MS,
      },
      {
        name: 'print: memory, 240 more pages leafed (MB)',
        ours: Math.round(grown),
        reference: null,
        ratio: null,
        target: `<= ${MEMORY_TARGET_MB}`,
        ok: grown <= MEMORY_TARGET_MB,
      },
    ];
  } finally {
    await kiosk.printing.stop();
    await fixture.stop();
  }
};
