/**
 * Word, LibreOffice and text files converted to PDF by the real LibreOffice in its real sandbox; hostile files must do
 * no harm.
 */
import { createServer } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inSandbox } from '../../../main/features/documents/conversions/sandbox.ts';
import type { Convertible } from '../../../main/features/documents/sniff.ts';
import { treeUse } from '../../../main/platform/process-tree.ts';
import { isAlive } from '../../../main/platform/processes.ts';
import { run } from '../../../main/platform/run.ts';
import {
  docx,
  docxWithPictureOf,
  odt,
  odtThatReads,
  odtWithMacro,
  paragraph,
  zipOf,
} from '../../harness/documents/letters.ts';
import { officeRuns, realOffice, sandboxAccount } from '../../harness/documents/real-office.ts';
import { until } from '../../harness/until.ts';

const able = await officeRuns();
if (!able) console.warn('SKIPPED: LibreOffice in its sandbox cannot run here');
const folder = await mkdtemp(join(tmpdir(), 'office-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const wordsOf = async (pdf: Uint8Array): Promise<string> => {
  await writeFile(join(folder, 'a.pdf'), pdf);
  const text = await run('pdftotext', ['-layout', join(folder, 'a.pdf'), '-'], { timeoutMs: 20_000 });
  if (!text.ok) throw new Error('pdftotext');
  return text.value.stdout.toString('utf8');
};
const converted = async (kind: Convertible, bytes: Uint8Array): Promise<string> => {
  const made = await realOffice().office.toPdf(kind, bytes);
  if (!made.ok) throw new Error(made.error);
  return wordsOf(made.value);
};

describe.skipIf(!able)('the sandbox', () => {
  const inside = async (script: string) => {
    const [program, ...args] = inSandbox(script, {}, sandboxAccount());
    const answer = await run(program, args, { timeoutMs: 20_000 });
    return answer.ok ? answer.value.stdout.toString('utf8').trim() : answer.error.kind;
  };

  it('has no network, not even to this machine', async () => {
    let reached = 0;
    const server = createServer((socket) => {
      reached += 1;
      socket.end('reached');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as { port: number };
    const connect = ['bash', '-c', `cat < /dev/tcp/127.0.0.1/${port}`];
    // The same command works outside the sandbox, so the failure above is due to the sandbox.
    expect((await run(connect[0]!, connect.slice(1), { timeoutMs: 10_000 })).ok).toBe(true);
    expect(await inside(`bash -c 'cat < /dev/tcp/127.0.0.1/${port}'`)).toBe('exit');
    expect(reached).toBe(1);
    server.close();
  });

  it('contains only programs and fonts, and is writable only in its own folder', async () => {
    expect(await inside('ls -A / /etc')).toBe(
      '/:\nbin\ndev\netc\nlib\nlib64\nproc\ntmp\nusr\n\n/etc:\nfonts\nlibreoffice',
    );
    expect(
      await inside('for d in / /usr /etc /dev /dev/shm /proc; do touch $d/x 2>/dev/null && echo $d; done; :'),
    ).toBe('');
    expect(await inside('echo kept > x && cat x')).toBe('kept');
  });

  it('has no capabilities, sees none of our processes, and cannot fill the memory with files', async () => {
    expect(await inside('id -u')).not.toBe('0');
    expect(await inside('ls /proc | grep -c "^[0-9]"')).toMatch(/^[1-6]$/);
    expect(await inside('head -c 200000000 /dev/zero > big 2>/dev/null; stat -c %s big')).toBe('134217728');
    expect(await inside('unshare --user true 2>/dev/null || echo no')).toBe('no');
  });
});

describe.skipIf(!able)('conversion to a PDF with text', () => {
  it('a Word document', async () => {
    const words = await converted('docx', docx(paragraph('Chère Évelyne, voici ma lettre.') + paragraph('À bientôt')));
    expect(words).toMatch(/Chère Évelyne, voici ma lettre\.\s+À bientôt/);
  }, 90_000);

  it('a LibreOffice document', async () => {
    expect(await converted('odt', odt('<text:p>Où est l’œuf ?</text:p>'))).toContain('Où est l’œuf ?');
  }, 90_000);

  it('a text file, with long lines wrapped', async () => {
    const long = Array.from({ length: 80 }, (_, n) => `mot${n}`).join(' ');
    const words = await converted('txt', new TextEncoder().encode(`\ufeffÀ lire\n\n${long}\nfin`));
    expect(words.replace(/\s+/g, ' ').trim()).toBe(`À lire ${long} fin`);
    expect(Math.max(...words.split('\n').map((line) => line.length))).toBeLessThan(120);
  }, 90_000);
});

describe.skipIf(!able)('a hostile document', () => {
  it('runs no macro', async () => {
    expect((await converted('odt', odtWithMacro())).trim()).toBe('Texte honnête');
  }, 90_000);

  it('shows no file of the machine', async () => {
    const words = await converted('odt', odtThatReads('/etc/fonts/fonts.conf'));
    expect(words).toContain('Texte honnête');
    expect(words).not.toContain('fontconfig');
  }, 90_000);

  it('is converted without its remote picture', async () => {
    let reached = 0;
    const server = createServer((socket) => {
      reached += 1;
      socket.destroy();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as { port: number };
    expect(await converted('docx', docxWithPictureOf(`http://127.0.0.1:${port}/suivi.png`))).toContain(
      'Voyez la photo',
    );
    expect(reached).toBe(0);
    server.close();
  }, 90_000);

  it.each<[string, Convertible, () => Uint8Array]>([
    ['that unpacks to a hundred times its size', 'docx', () => docx(paragraph('A'.repeat(60_000_000)))],
    [
      'that has no end',
      'docx',
      () => docx(Array.from({ length: 200_000 }, (_, n) => paragraph(`Ligne ${n} ${'mot '.repeat(12)}`)).join('')),
    ],
  ])(
    '%s is stopped at a limit, and all its processes end',
    async (_, kind, make) => {
      const { office, pids } = realOffice({ timeoutMs: 20_000 });
      expect(await office.toPdf(kind, make())).toEqual({ ok: false, error: 'too-heavy' });
      await until('the sandbox to be gone', () => pids.length === 1 && !pids.some(isAlive));
      expect(office.leftovers()).toEqual([]);
    },
    90_000,
  );

  it('whose content does not match its name is reported as damaged', async () => {
    const { office } = realOffice();
    expect(await office.toPdf('doc', new TextEncoder().encode('not a letter of that kind'))).toEqual({
      ok: false,
      error: 'damaged',
    });
    expect(await office.toPdf('docx', zipOf({ 'word/document.xml': '<w:document' }))).toMatchObject({ ok: false });
  }, 90_000);
});

it.skipIf(!able)(
  'the end of a session stops a conversion and all its processes',
  async () => {
    const { office, pids } = realOffice();
    const endless = docx(Array.from({ length: 60_000 }, (_, n) => paragraph(`Ligne ${n}`)).join(''));
    const asked = office.toPdf('docx', endless);
    const waits = office.toPdf('docx', endless);
    let all: readonly number[] = [];
    await until('LibreOffice', () => {
      all = pids.flatMap((pid) => treeUse(pid).pids);
      return all.length >= 3;
    });
    expect(office.leftovers()).toHaveLength(1);
    await office.clear();
    expect([await asked, await waits]).toEqual(Array(2).fill({ ok: false, error: 'cut' }));
    await until('all of it to be gone', () => !all.some(isAlive));
    expect(office.leftovers()).toEqual([]);
    // The next conversion works.
    expect((await office.toPdf('txt', new TextEncoder().encode('\ufeffbonjour'))).ok).toBe(true);
  },
  120_000,
);
