import { expect, it, vi } from 'vitest';
import { runElectronProgram } from '../../../main/shell/electron/electron-program.ts';
import { createFakeElectron, displayServerOf, type FakeElectron } from '../../fakes/electron/fake-electron.ts';

const run = async (
  fake: FakeElectron,
  argv: readonly string[],
  resourcesFolder: string | undefined,
  code?: number,
  platform: NodeJS.Platform = 'win32',
) => {
  const started: (readonly string[])[] = [];
  const watched: (readonly string[])[] = [];
  let stderr = '';
  await runElectronProgram({
    electron: fake.api,
    node: fake.node,
    resourcesFolder,
    platform,
    argv,
    switchesOf: () => ({}),
    command: async () => code,
    watch: async (program) => {
      watched.push(program);
      return 9;
    },
    start: async (args) => {
      started.push(args);
      if (args.includes('--bug')) throw new Error('a bug');
      return 7;
    },
    writeError: (text) => (stderr += text),
  });
  // Electron becomes ready only after the calling module has loaded. If the program awaited that, this line would never
  // run.
  fake.app.becomeReady();
  await vi.waitFor(() => expect(fake.app.calls.at(-1)).toMatch(/^exit /));
  return { started, watched, stderr, calls: fake.app.calls };
};

it('is the watcher when started directly: takes no lock, opens nothing, exits with the kiosk’s code', async () => {
  const done = await run(createFakeElectron(), ['/opt/kiosk/kiosk', '--window=1x1'], '/opt/kiosk/resources');
  expect(done).toMatchObject({ started: [], calls: ['exit 9'] });
  expect(done.watched).toEqual([['/opt/kiosk/kiosk', '--window=1x1', '--watched']]);
  const inDevelopment = await run(createFakeElectron(), ['/electron', '.', '--demo'], undefined);
  expect(inDevelopment.watched).toEqual([['/electron', '.', '--demo', '--watched']]);
});

// Wayland is the default of Debian and Ubuntu. Our locks and the presence detection need the X server.
it('is shown on the X server, in a session of Wayland too', async () => {
  const wayland = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' };
  const { watched } = await run(createFakeElectron(), ['/kiosk', '--ozone-platform=wayland'], '/r', undefined, 'linux');
  const [program = []] = watched;
  expect(displayServerOf(program, wayland)).toBe('x11');
  const kiosk = await run(createFakeElectron(), [...program, '--window=1x1'], '/r', undefined, 'linux');
  expect(kiosk.started).toEqual([['--config=/r/kiosk-config', '--window=1x1']]);
  expect(kiosk.watched).toEqual([]);
});

it('locks, waits for Electron, runs the kiosk, exits with its code', async () => {
  const done = await run(createFakeElectron(), ['electron', '.', '--demo', '--watched'], undefined);
  expect(done.started).toEqual([['--demo']]);
  expect(done.calls).toEqual(['requestSingleInstanceLock', 'enableSandbox', 'whenReady', 'exit 7']);
});

it('exits with an error and its reason when the kiosk cannot start', async () => {
  const done = await run(createFakeElectron(), ['electron', '.', '--bug', '--watched'], undefined);
  expect(done.calls.at(-1)).toBe('exit 70');
  expect(done.stderr).toContain('a bug');
});

it('reads the content beside the archive once installed, unless another folder is given', async () => {
  const arguments_ = async (...argv: string[]) =>
    (await run(createFakeElectron(), [...argv, '--watched'], '/opt/kiosk/resources')).started;
  expect(await arguments_('kiosk', '--window=1x1')).toEqual([
    ['--config=/opt/kiosk/resources/kiosk-config', '--window=1x1'],
  ]);
  expect(await arguments_('kiosk', '--config=/etc/kiosk')).toEqual([['--config=/etc/kiosk']]);
  expect(await arguments_('kiosk', '--demo')).toEqual([['--demo']]);
});

it('does not start beside a running kiosk', async () => {
  const fake = createFakeElectron();
  fake.app.firstInstance = false;
  const done = await run(fake, ['kiosk', '--watched'], '/opt/kiosk/resources');
  expect(done).toMatchObject({ started: [], stderr: 'Le kiosque fonctionne déjà sur ce poste.\n' });
  expect(done.calls.at(-1)).toBe('exit 3');
});

it('runs a command without a screen beside a running kiosk, and shows nothing', async () => {
  const fake = createFakeElectron();
  fake.app.firstInstance = false;
  const done = await run(fake, ['kiosk', 'report'], '/opt/kiosk/resources', 0);
  expect(done).toMatchObject({ started: [], stderr: '', calls: ['exit 0'] });
});

it('does not start when the command line removes a lock, and says what to do', async () => {
  const fake = createFakeElectron();
  fake.app.switches.set('no-sandbox', undefined);
  const done = await run(fake, ['kiosk', '--watched'], '/opt/kiosk/resources');
  expect(done.started).toEqual([]);
  expect(done.stderr).toMatch(/«\u00a0no-sandbox\u00a0».*\.deb/u);
  expect(done.calls).toEqual(['exit 2']);
});

// Standard error is the journal of the machine, or the text console that shows when X ends.
it('prints no address of a page that could not be loaded', async () => {
  const fake = createFakeElectron();
  await run(fake, ['kiosk', '--watched'], '/opt/kiosk/resources');
  const { webContents } = new fake.api.WebContentsView({});
  const page = fake.views.find((one) => one.page.id === webContents?.id)?.page;
  page?.failLoad('https://caf.test/dossier?nom=Martin&numero=1234567', 'ERR_TUNNEL_CONNECTION_FAILED');
  page?.failLoad('https://mesure.test/?vu=https://caf.test/dossier', 'ERR_BLOCKED_BY_CLIENT', false);
  expect(fake.node.printed).toEqual([]);
});
