/**
 * A whole kiosk on a failing machine: file systems that are really full, really read-only, or hold a file that really
 * cannot be deleted. Each test checks what the person is told, the log, the agent's figures, and that no session begins
 * before all data is gone.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashPassphrase } from '../../../main/features/agent/passphrase.ts';
import { StartRefused } from '../../../main/platform/supervised-process.ts';
import { start } from '../../../main/process/kiosk-start.ts';
import { createMemoryShell } from '../../fakes/memory-shell.ts';
import { deriveConfig } from '../../harness/machines/derive-config.ts';
import { runWithoutBrowser, type ScreensController } from '../../harness/screens-controller.ts';
import { until } from '../../harness/until.ts';

const PASSPHRASE = 'un tilleul devant la mairie';
/** The process id in this name is larger than any real one. */
const DEAD = 'pn-session-4194304-1-aaaaaa';

const canMount = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;
if (!canMount) console.warn('SKIPPED: file systems that fail, which only root can mount');

const usualTmp = process.env['TMPDIR'];
let root: string;
let state: string;
let mounted: string[];
let kiosk: ScreensController | undefined;
let pdf: Uint8Array;
let agentKey: string;

beforeAll(async () => {
  const made = await PDFDocument.create();
  made.addPage().drawText('Votre demande est bien enregistree.');
  pdf = await made.save();
  agentKey = await hashPassphrase(PASSPHRASE);
});
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pn-bad-'));
  state = join(root, 'state');
  mkdirSync(state);
  writeFileSync(join(state, 'agent-passphrase'), agentKey);
  // Sessions are stored here when there is no RAM folder for them.
  process.env['TMPDIR'] = join(root, 'tmp');
  mkdirSync(process.env['TMPDIR']);
  mounted = [];
});
afterEach(async () => {
  // Unmount first what could block the shutdown. Mounts still in use are removed with `root` after the kiosk has
  // stopped.
  for (const at of [...mounted].reverse()) if (spawnSync('umount', [at]).status === 0) unlist(at);
  await kiosk?.stop();
  kiosk = undefined;
  for (const at of mounted.splice(0).reverse()) spawnSync('umount', [at]);
  if (usualTmp === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = usualTmp;
  rmSync(root, { recursive: true, force: true });
});

const mount = (at: string, ...args: string[]): string => {
  mkdirSync(at, { recursive: true });
  execFileSync('mount', [...args, at]);
  mounted.push(at);
  return at;
};
const memory = (size: string): string => mount(join(root, 'memory'), '-t', 'tmpfs', '-o', `size=${size}`, 'none');
const unlist = (at: string): void => void (mounted = mounted.filter((one) => one !== at));
const unmount = (at: string): void => {
  execFileSync('umount', [at]);
  unlist(at);
};
/** Fills the file system until it is full. */
const fill = (folder: string): string => {
  const file = join(folder, 'somebody-elses-file');
  const { status } = spawnSync('dd', ['if=/dev/zero', `of=${file}`, 'bs=64k']);
  expect(status).not.toBe(0);
  expect(statfsSync(folder).bavail).toBe(0);
  return file;
};

const begin = async (at: string | undefined, config?: string): Promise<ScreensController> => {
  kiosk = await runWithoutBrowser({
    state,
    ...(at === undefined ? {} : { memory: at }),
    ...(config === undefined ? {} : { config }),
  });
  return kiosk;
};
const phaseOf = (of: ScreensController) => of.state('session').phase;
const welcome = async (of: ScreensController): Promise<void> => {
  await until('the accueil', () => phaseOf(of).name === 'idle');
  expect(await of.client.session.begin({})).toMatchObject({ ok: true });
};
const openSite = async (of: ScreensController) => {
  await of.client.browsing.open({ demarche: 'demo-aide-logement' });
  await until('the site', () => of.state('browsing').visit?.cover.kind === 'site');
  const guest = of.guests.at(-1);
  if (!guest) throw new Error('no guest was opened');
  return guest;
};
/** Downloads a document. Returns the reason of the refusal, or `kept`. */
let downloads = 0;
/** Each has its own file: the one before may only now be removed. */
const download = async (of: ScreensController): Promise<string> => {
  const path = join(root, `arriving-${++downloads}`);
  writeFileSync(path, pdf);
  const before = of.state('documents').list.length;
  await of.client.documents.dismiss({ shown: of.state('documents').shown });
  of.setIdleMs(0); // user activity, because a download without it is not announced
  of.guests.at(-1)?.tell({ kind: 'download-done', path, suggestedName: 'recu.pdf', url: 'https://a.test/recu.pdf' });
  return until('the document, or why not', () =>
    of.state('documents').list.length > before ? 'kept' : of.state('documents').refused?.reasons[0]?.reason,
  );
};
const leave = async (of: ScreensController): Promise<void> => {
  await of.client.session.leave({});
  await until('the end of the wipe', () => phaseOf(of).name !== 'active' && phaseOf(of).name !== 'wiping');
};
const logged = (of: ScreensController, event: string) => of.log().filter((line) => line.event === event);
const sessionFolder = (at: string): string => {
  const name = readdirSync(at).find((one) => one.startsWith('pn-session-'));
  if (name === undefined) throw new Error('no folder of a session');
  return join(at, name);
};

/** Signs in as the agent and reads this week's faults and the status lines of the machine. */
const asAgent = async (of: ScreensController) => {
  // Figures are written at the end of a session.
  await welcome(of);
  await leave(of);
  expect(await of.client.agent.open({ passphrase: PASSPHRASE })).toMatchObject({ ok: true });
  const [page, lines] = [await of.client.agent.report({ kind: 'week', id: null }), await of.client.agent.status({})];
  if (!page.ok || !lines.ok) throw new Error(`the agent area shows nothing: ${JSON.stringify({ page, lines })}`);
  const faults = page.value.tables
    .filter(({ measure }) => measure === 'machine.fault' || measure === 'reset.fault')
    .flatMap(({ measure, rows }) =>
      rows.flatMap(({ key, now }) =>
        now.kind === 'exact' && now.n > 0 ? [[`${measure}|${key}`, now.n] as const] : [],
      ),
    );
  return { faults: Object.fromEntries(faults), lines: lines.value };
};

describe('memory', () => {
  it('that is missing is reported to the agent, and people are still served', async () => {
    const of = await begin(join(root, 'nothing-here'));
    expect(logged(of, 'vault.no-ram-folder')).toMatchObject([{ reason: 'missing' }]);
    await welcome(of);
    await openSite(of);
    expect(await download(of)).toBe('kept');
    await leave(of);
    const { faults, lines } = await asAgent(of);
    expect(faults).toEqual({ 'machine.fault|memory-missing': 1 });
    expect(lines.find(({ name }) => name === 'memory')).toMatchObject({
      state: 'look',
      sentence: expect.stringContaining('sur le disque') as string,
    });
  });

  it.skipIf(!canMount)('that is full at the start is reported, and its files are left alone', async () => {
    const at = memory('24m');
    fill(at);
    const of = await begin(at);
    expect(logged(of, 'vault.no-ram-folder')).toMatchObject([{ reason: 'full' }]);
    const { faults, lines } = await asAgent(of);
    expect(faults).toEqual({ 'machine.fault|memory-full': 1 });
    expect(lines.find(({ name }) => name === 'memory')?.sentence).toContain('pleine');
    expect(readdirSync(at)).toEqual(['somebody-elses-file']);
  });

  it.skipIf(!canMount)(
    'that fills up during a session: the person is told, nothing is kept by half, and the next person is served',
    async () => {
      const at = memory('24m');
      const of = await begin(at);
      await welcome(of);
      const guest = await openSite(of);
      expect(await download(of)).toBe('kept');
      const document = of.state('documents').list[0]?.id ?? '';
      const filler = fill(at);
      // The person has a document to erase, so they are told to. Two refusals count once.
      expect(await download(of)).toBe('full');
      expect(await download(of)).toBe('full');
      expect(of.state('documents').list).toHaveLength(1);
      // A site asks for the document, but there is no room for the copy to hand over.
      guest.tell({ kind: 'file-wanted', request: { id: '1', accept: '', multiple: false } });
      expect(await of.client.browsing.answerFiles({ documents: [document] })).toMatchObject({
        ok: false,
        error: { code: 'browsing.not-kept' },
      });
      // The person has nothing left to erase, so the refusal now blames the kiosk.
      await of.client.documents.erase({ id: document });
      fill(at);
      expect(await download(of)).toBe('not-kept');
      expect(logged(of, 'vault.memory-full')).toHaveLength(1);
      await leave(of);
      expect(phaseOf(of)).toMatchObject({ name: 'idle' });
      expect(readdirSync(sessionFolder(at))).toEqual([]);
      rmSync(filler);
      await welcome(of);
      await openSite(of);
      expect(await download(of)).toBe('kept');
      await leave(of);
      expect((await asAgent(of)).faults).toEqual({ 'machine.fault|memory-full': 1 });
    },
  );
});

describe('a folder that can’t be written', () => {
  it('a file in place of the documents folder is reported and counted, and is gone after the session', async () => {
    const of = await begin(undefined);
    const folder = sessionFolder(join(root, 'tmp'));
    await welcome(of);
    await openSite(of);
    writeFileSync(join(folder, 'vault'), '');
    expect(await download(of)).toBe('not-kept');
    expect(logged(of, 'vault.unwritable')).toMatchObject([{ code: 'eexist' }]);
    await leave(of);
    await welcome(of);
    await openSite(of);
    expect(await download(of)).toBe('kept');
    await leave(of);
    expect((await asAgent(of)).faults).toMatchObject({ 'machine.fault|unwritable': 1 });
  });

  it.skipIf(!canMount)(
    'memory that becomes read-only is reported, and no session begins before the documents are gone',
    async () => {
      const at = memory('24m');
      const of = await begin(at);
      await welcome(of);
      await openSite(of);
      expect(await download(of)).toBe('kept');
      execFileSync('mount', ['-o', 'remount,ro', at]);
      expect(await download(of)).toBe('not-kept');
      expect(logged(of, 'vault.unwritable')).toMatchObject([{ code: 'erofs' }]);
      await leave(of);
      expect(phaseOf(of)).toEqual({ name: 'out-of-service', fault: 'PN-VAULT' });
      expect(await of.client.session.begin({})).toMatchObject({ ok: false, error: { code: 'session.not-ready' } });
      execFileSync('mount', ['-o', 'remount,rw', at]);
      expect((await asAgent(of)).faults).toEqual({ 'machine.fault|unwritable': 1, 'reset.fault|vault': 1 });
    },
  );

  it.skipIf(!canMount)(
    'a state folder on a read-only disk: people are served, the agent is told, figures stay in memory',
    async () => {
      const disk = mount(join(root, 'disk'), '-t', 'tmpfs', '-o', 'size=24m', 'none');
      state = join(disk, 'state');
      mkdirSync(state);
      writeFileSync(join(state, 'agent-passphrase'), agentKey);
      const first = await begin(undefined);
      await welcome(first);
      await leave(first);
      await first.stop();
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      const of = await begin(undefined);
      expect(logged(of, 'kiosk.folder-unwritable')).toMatchObject([{ what: 'state', code: 'erofs' }]);
      await welcome(of);
      await leave(of);
      expect(phaseOf(of).name).toBe('idle');
      expect(await of.client.agent.open({ passphrase: PASSPHRASE })).toMatchObject({ ok: true });
      const lines = await of.client.agent.status({});
      expect(lines.ok && lines.value.filter(({ name }) => name === 'figures')).toMatchObject([
        { sentence: expect.stringContaining('gardés en mémoire') as string },
      ]);
      execFileSync('mount', ['-o', 'remount,rw', disk]);
      expect((await asAgent(of)).faults).toMatchObject({ 'machine.fault|unwritable': 1 });
    },
  );
});

describe('what cannot be deleted or ended', () => {
  it.skipIf(!canMount)(
    'a document that cannot be deleted puts the kiosk out of service and informs the agent, until it is gone',
    async () => {
      const of = await begin(undefined);
      await welcome(of);
      await openSite(of);
      expect(await download(of)).toBe('kept');
      const vault = join(sessionFolder(join(root, 'tmp')), 'vault');
      const file = join(vault, readdirSync(vault)[0] ?? '');
      execFileSync('mount', ['--bind', file, file]);
      mounted.push(file);
      await leave(of);
      expect(phaseOf(of)).toEqual({ name: 'out-of-service', fault: 'PN-VAULT' });
      expect(readdirSync(vault)).toHaveLength(1);
      expect(await of.client.session.begin({})).toMatchObject({ ok: false });
      expect(await of.client.documents.choices({ demarche: '', accept: '', multiple: false })).toMatchObject({
        ok: false,
      });
      // Retries do not count as further faults.
      await until('another try', () => logged(of, 'session.audit-failed').length >= 2, 30_000);
      unmount(file);
      const { faults } = await asAgent(of);
      expect(faults).toMatchObject({ 'reset.fault|vault': 1 });
      expect(logged(of, 'session.audit-failed')[0]).toMatchObject({ fault: 'PN-VAULT', left: 1 });
    },
  );

  it.skipIf(!canMount)(
    'a folder of an interrupted run that cannot be deleted: the kiosk starts, out of service until it is deleted',
    async () => {
      const folder = join(root, 'tmp', DEAD, 'vault');
      mount(folder, '-t', 'tmpfs', '-o', 'size=1m', 'none');
      const of = await begin(undefined);
      expect(phaseOf(of)).toEqual({ name: 'out-of-service', fault: 'PN-EARLIER' });
      unmount(folder);
      await until('the accueil', () => phaseOf(of).name === 'idle');
      expect(readdirSync(join(root, 'tmp'))).not.toContain(DEAD);
      expect((await asAgent(of)).faults).toMatchObject({ 'reset.fault|earlier': 1 });
    },
  );

  it('a guest that does not close does not keep the person from leaving its site or opening another', async () => {
    const of = await begin(undefined);
    await welcome(of);
    const guest = await openSite(of);
    guest.refuseClose();
    expect(await of.client.browsing.close({})).toEqual({ ok: true, value: null });
    (await openSite(of)).refuseClose();
    await openSite(of);
    expect(logged(of, 'kiosk.bug')).toEqual([]);
    guest.allowClose();
  });

  it('a guest that does not close at the end puts the kiosk out of service, until it can be closed', async () => {
    const of = await begin(undefined);
    await welcome(of);
    const guest = await openSite(of);
    guest.refuseClose();
    await leave(of);
    expect(phaseOf(of)).toEqual({ name: 'out-of-service', fault: 'PN-GUEST' });
    expect(await of.client.session.begin({})).toMatchObject({ ok: false });
    expect(logged(of, 'session.wipe-step-failed')).toMatchObject([{ step: 'guest' }]);
    guest.allowClose();
    expect((await asAgent(of)).faults).toMatchObject({ 'reset.fault|guest': 1 });
    expect(guest.closed).toBe(true);
  });
});

describe('a browser that does not start at the first try', () => {
  it('is no interrupted run: nobody is told of a restart', async () => {
    const { shell } = createMemoryShell();
    const refusal = new StartRefused('no browser yet', { mayPass: true });
    const config = deriveConfig({});
    const first = start([`--config=${config.dir}`], {
      out: { write: () => undefined },
      err: { write: () => undefined },
      places: { state, memory: [root] },
      makeShell: () => ({ ...shell, openKioskView: () => Promise.reject(refusal) }),
    });
    await expect(first).rejects.toBe(refusal);
    expect(readdirSync(root).filter((name) => name.startsWith('pn-session-'))).toEqual([]);
    const of = await begin(root, config.dir);
    await until('the accueil', () => phaseOf(of).name === 'idle');
    expect(phaseOf(of)).toEqual({ name: 'idle', restarted: false });
    config.remove();
  });
});

describe('a printer that accepts connections and never replies, after an interrupted run', () => {
  it('does not delay the accueil, and prints nothing before its queue was checked', async () => {
    const calls: Socket[] = [];
    const silent = createServer((socket) => void calls.push(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const config = deriveConfig({ printer: { kind: 'ipp', uri: `ipp://127.0.0.1:${port}/ipp/print` } });
    writeFileSync(join(state, 'running'), '4194304-1-');
    try {
      const of = await begin(undefined, config.dir);
      await until('the accueil', () => phaseOf(of).name === 'idle');
      expect(phaseOf(of)).toEqual({ name: 'idle', restarted: true });
      expect(calls.length).toBeGreaterThan(0);
      expect(logged(of, 'print.queue-in-doubt')).toHaveLength(1);
      await welcome(of);
      await of.client.printing.prepare({ source: { kind: 'sheet', sheet: 'papers', id: 'demo-aide-logement' } });
      const shown = await until('the sheet', () => of.state('printing').document ?? undefined);
      const wish = { pages: [], copies: 1, twoSided: false, colour: false, longAgreed: false };
      expect(await of.client.printing.print({ request: 'one-decision', document: shown.id, ...wish })).toEqual({
        ok: true,
        value: null,
      });
      for (const call of calls.splice(0)) call.destroy();
      await until('the end of the print', () => {
        for (const call of calls.splice(0)) call.destroy();
        return of.state('printing').job?.stage === 'ended';
      });
      expect(of.state('printing').job).toMatchObject({ end: 'failed', sidesOut: 0 });
      await leave(of);
    } finally {
      await kiosk?.stop();
      kiosk = undefined;
      for (const call of calls) call.destroy();
      silent.close();
      config.remove();
    }
  });
});
