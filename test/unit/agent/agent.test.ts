import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../main/contract/result.ts';
import type { Report } from '../../../main/contract/usage.ts';
import { createAgent, type Agent } from '../../../main/features/agent/agent.ts';
import { DELAYS_S, createDoor, SETUP_WITHIN_MS, type Door, type DoorDeps } from '../../../main/features/agent/door.ts';
import { agentPassphraseCommand } from '../../../main/features/agent/passphrase-command.ts';
import { checkPassphrase, hashPassphrase } from '../../../main/features/agent/passphrase.ts';
import type { Logger } from '../../../main/log/logger.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

const PASSPHRASE = 'quatre tasses de café';
let folder: string;
let clock: ManualClock;
let logged: string[];
const logger: Logger = { log: (event) => void logged.push(event) };
const file = (name: string): string => join(folder, name);
const door = (change: Partial<DoorDeps> = {}): Door =>
  createDoor({
    clock,
    logger,
    files: systemFiles,
    passphraseFile: file('phrase'),
    triesFile: file('tries.json'),
    firstPassphrase: 'after-start',
    setupFile: file('first'),
    machineUpMs: () => 3_600_000,
    ...change,
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agent-'));
  clock = createManualClock();
  logged = [];
  writeFileSync(file('phrase'), await hashPassphrase(PASSPHRASE));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the passphrase', () => {
  it('is kept as a salted hash, never as itself', async () => {
    const one = await hashPassphrase(PASSPHRASE);
    expect(one).not.toContain('tasses');
    expect(one).not.toBe(await hashPassphrase(PASSPHRASE));
    expect([await checkPassphrase(PASSPHRASE, one), await checkPassphrase(`${PASSPHRASE} `, one)]).toEqual([
      true,
      false,
    ]);
  });
  it('is the same however the keyboard composes its accents', async () => {
    expect(await checkPassphrase(PASSPHRASE.normalize('NFD'), await hashPassphrase(PASSPHRASE))).toBe(true);
  });
  it.each(['', 'scrypt:1:1:1:AA==:AA==', 'motdepasse', 'scrypt:99999999:8:1:AAAA:AAAA'])(
    'opens nothing when what is kept is %j',
    async (kept) => expect(await checkPassphrase('', kept)).toBe(false),
  );
});

describe('setting it', () => {
  const set = (argv: string[], ...lines: string[]) => {
    const said: string[] = [];
    const write = { write: (text: string) => void said.push(text) };
    return agentPassphraseCommand(
      argv,
      { out: write, err: write, readLine: async () => lines.shift() },
      { files: systemFiles, logger, passphraseFile: file('new') },
    ).then((code) => ({ code, said: said.join('') }));
  };
  it('asks twice and writes a file that only its owner reads', async () => {
    expect((await set([], PASSPHRASE, PASSPHRASE)).code).toBe(0);
    expect(statSync(file('new')).mode & 0o777).toBe(0o600);
    expect(await checkPassphrase(PASSPHRASE, readFileSync(file('new'), 'utf8'))).toBe(true);
  });
  it.each([[['court', 'court']], [[PASSPHRASE, 'une autre phrase']], [[]]])('changes nothing for %j', async (lines) => {
    expect((await set([], ...lines)).code).toBe(1);
    expect(existsSync(file('new'))).toBe(false);
  });
  it('refuses a passphrase on the command line, where others can read it', async () =>
    expect((await set([PASSPHRASE])).code).toBe(2));
});

describe('the door', () => {
  it('opens with the passphrase', async () => expect(await door().tryPassphrase(PASSPHRASE)).toEqual(ok(null)));
  it('waits longer after each wrong try, and logs each', async () => {
    const one = door();
    const waits: number[] = [];
    for (let i = 0; i < DELAYS_S.length; i += 1) {
      const tried = await one.tryPassphrase('faux');
      expect(tried).toMatchObject({ error: { code: 'agent.wrong' } });
      const seconds = tried.ok ? -1 : Number(tried.error.params?.['seconds'] ?? 0);
      waits.push(seconds);
      await clock.advance(seconds * 1_000);
    }
    expect(waits).toEqual([...DELAYS_S]);
    expect(logged.filter((event) => event === 'agent.door-refused')).toHaveLength(DELAYS_S.length);
  });
  it('does not look at a passphrase while it waits, even the right one', async () => {
    const one = door();
    for (let i = 0; i < 3; i += 1) await one.tryPassphrase('faux');
    expect(await one.tryPassphrase(PASSPHRASE)).toMatchObject({ ok: false, error: { code: 'agent.wait' } });
    await clock.advance(5_000);
    expect(await one.tryPassphrase(PASSPHRASE)).toEqual(ok(null));
  });
  it('remembers through a restart', async () => {
    const before = door();
    for (let i = 0; i < 4; i += 1) {
      await before.tryPassphrase('faux');
      if (i === 2) await clock.advance(5_000);
    }
    expect(await door().tryPassphrase(PASSPHRASE)).toMatchObject({
      error: { code: 'agent.wait', params: { seconds: 15 } },
    });
  });
  it('writes the try down before it looks: a pulled plug gains nothing', async () => {
    const writes: string[] = [];
    const files = {
      ...systemFiles,
      writeAtomic: async (path: string, content: string | Uint8Array) => {
        writes.push(String(content));
        return systemFiles.writeAtomic(path, content);
      },
    };
    await createDoor({
      clock,
      logger,
      files,
      passphraseFile: file('phrase'),
      triesFile: file('tries.json'),
      firstPassphrase: 'never',
      setupFile: file('first'),
      machineUpMs: () => 0,
    }).tryPassphrase(PASSPHRASE);
    expect(writes.map((text) => (JSON.parse(text) as { failures: number }).failures)).toEqual([1, 0]);
  });
  it('looks at one try at a time', async () => {
    const one = door();
    const both = await Promise.all([one.tryPassphrase('faux'), one.tryPassphrase(PASSPHRASE)]);
    expect(both[1]).toMatchObject({ error: { code: 'agent.wait' } });
  });
  it('stays shut for the longest delay when its memory is damaged', async () => {
    writeFileSync(file('tries.json'), '{"fail');
    expect(await door().tryPassphrase(PASSPHRASE)).toMatchObject({
      error: { code: 'agent.wait', params: { seconds: 900 } },
    });
    expect(existsSync(file('tries.json.damaged'))).toBe(true);
  });
  it('does not stay shut for years when the clock was set back', async () => {
    const one = door();
    for (let i = 0; i < 3; i += 1) await one.tryPassphrase('faux');
    clock.jumpWall(-20 * 365 * 86_400_000);
    expect(await one.tryPassphrase(PASSPHRASE)).toMatchObject({ error: { params: { seconds: 900 } } });
    await clock.advance(900_000);
    expect(await one.tryPassphrase(PASSPHRASE)).toEqual(ok(null));
  });
  it('does not stay shut when its memory cannot be read, nor is guessing free then', async () => {
    const readText: typeof systemFiles.readText = async (path) =>
      path === file('tries.json')
        ? fail({ kind: 'denied', path, code: 'EACCES' } as const)
        : systemFiles.readText(path);
    const one = door({ files: { ...systemFiles, readText } });
    const waits = { error: { code: 'agent.wait', params: { seconds: 900 } } };
    expect(await one.tryPassphrase(PASSPHRASE)).toMatchObject(waits);
    await clock.advance(900_000);
    expect(await one.tryPassphrase('faux')).toMatchObject({ error: { code: 'agent.wrong', params: { seconds: 900 } } });
    expect(await one.tryPassphrase(PASSPHRASE)).toMatchObject(waits);
    await clock.advance(900_000);
    expect(await one.tryPassphrase(PASSPHRASE)).toEqual(ok(null));
    expect(await one.tryPassphrase(PASSPHRASE)).toEqual(ok(null));
  });
  it('cannot be opened before a passphrase is set, or when its file is damaged', async () => {
    writeFileSync(file('phrase'), 'admin');
    expect(await door().tryPassphrase('admin')).toMatchObject({ error: { code: 'agent.not-set' } });
    rmSync(file('phrase'));
    expect(await door().tryPassphrase('')).toMatchObject({ error: { code: 'agent.not-set' } });
  });
});

describe('the first passphrase, chosen at the kiosk', () => {
  const justStarted = { machineUpMs: () => SETUP_WITHIN_MS - 1 };
  beforeEach(() => rmSync(file('phrase')));

  it('is for whoever is there within five minutes of the start of the machine', async () => {
    expect(await door(justStarted).maySet()).toBe(true);
    expect(await door({ machineUpMs: () => SETUP_WITHIN_MS }).maySet()).toBe(false);
  });
  it('or of a place whose installer laid a file there, which goes with it', async () => {
    writeFileSync(file('first'), '');
    const one = door({ firstPassphrase: 'key-file' });
    expect(await one.set(PASSPHRASE)).toEqual(ok(null));
    expect(existsSync(file('first'))).toBe(false);
    expect(statSync(file('phrase')).mode & 0o777).toBe(0o600);
    expect(await one.tryPassphrase(PASSPHRASE)).toEqual(ok(null));
    expect(await door({ firstPassphrase: 'key-file', ...justStarted }).maySet()).toBe(false);
  });
  it('is nobody’s where the place says so, file or not', async () => {
    writeFileSync(file('first'), '');
    const one = door({ firstPassphrase: 'never', ...justStarted });
    expect([await one.maySet(), (await one.set(PASSPHRASE)).ok, existsSync(file('phrase'))]).toEqual([
      false,
      false,
      false,
    ]);
  });
  it.each([
    ['one that is set', undefined],
    ['a damaged one', 'admin'],
  ])('never takes the place of %s', async (_, text) => {
    const before = text ?? (await hashPassphrase('une autre phrase'));
    writeFileSync(file('phrase'), before);
    writeFileSync(file('first'), '');
    expect(await door(justStarted).set(PASSPHRASE)).toMatchObject({ error: { code: 'agent.may-not-set' } });
    expect(readFileSync(file('phrase'), 'utf8')).toBe(before);
  });
});

describe('the area behind it', () => {
  const done: string[] = [];
  let somebody = true;
  let paper: 'out' | 'given' | 'failed' = 'out';
  let printer = Promise.resolve();
  let lastState: {
    readonly passphraseSet: boolean;
    readonly maySet: boolean;
    readonly open: boolean;
    readonly pageOut: string;
  };
  const page = { title: 'Semaine 47', sentences: ['Cette semaine…'] } as unknown as Report;
  const begin = async (): Promise<Agent> => {
    done.length = 0;
    const agent = createAgent({
      clock,
      logger,
      files: systemFiles,
      publish(state) {
        lastState = state;
        done.push(`open:${state.open}`);
      },
      door: door(),
      settingsFile: file('board.json'),
      gesture: { gesture: 'hold-corner', holdS: 5, corner: 'bottom-left' },
      messages: ['Fermé le 25 décembre'],
      figures: {
        report: async (_, id) => (id === '2026-W99' ? { ok: false, error: 'period' } : ok(page)),
        pdf: async () => new Uint8Array([37]),
        keyEnding: async () => 'a1b2 c3d4 e5f6 0718',
        notices: () => ['Le disque est plein.'],
      },
      status: async () => [{ name: 'printer', state: 'good', sentence: 'L’imprimante est prête.' }],
      showMessages: (messages) => void done.push(`messages:${messages.join('/')}`),
      setOutOfService: (on) => void done.push(`out:${on}`),
      addPages: (pages) => somebody && done.push(`pages:${pages}`) > 0,
      addMinutes: (minutes) => somebody && done.push(`minutes:${minutes}`) > 0,
      printNote: async () => (done.push('note'), paper),
      print: async (_, title) => {
        await printer;
        done.push(`print:${title}`);
        return paper;
      },
      restart: () => void done.push('restart'),
      quit: () => void done.push('quit'),
    });
    await agent.start();
    return agent;
  };
  const opened = async (): Promise<Agent> => {
    const agent = await begin();
    expect(await agent.handlers.open({ passphrase: PASSPHRASE })).toEqual(ok(null));
    return agent;
  };

  it('opens for whoever chose the first passphrase, typed twice, and prints the sheet for the safe', async () => {
    rmSync(file('phrase'));
    writeFileSync(file('first'), '');
    const { handlers } = await begin();
    const set = (passphrase: string, again: string) => handlers.setPassphrase({ passphrase, again });
    await handlers.knock({});
    expect(lastState).toMatchObject({ passphraseSet: false, maySet: true });
    expect(await handlers.printNote({})).toMatchObject({ error: { code: 'agent.closed' } });
    expect(await set('court', 'court')).toMatchObject({ error: { code: 'agent.too-short' } });
    expect(await set(PASSPHRASE, 'une autre phrase')).toMatchObject({ error: { code: 'agent.not-same' } });
    expect(existsSync(file('phrase'))).toBe(false);
    expect(await set(PASSPHRASE, PASSPHRASE)).toEqual(ok(null));
    expect(lastState).toMatchObject({ passphraseSet: true, maySet: false, open: true });
    expect(await handlers.printNote({})).toEqual(ok(null));
    expect(done).toContain('note');
    await handlers.close({});
    expect(await set('encore une autre', 'encore une autre')).toMatchObject({ error: { code: 'agent.may-not-set' } });
  });

  it('answers nothing while the door is shut', async () => {
    const { handlers } = await begin();
    const before = [...done];
    const replies = await Promise.all([
      handlers.report({ kind: 'week', id: null }),
      handlers.status({}),
      handlers.printReport({ kind: 'week', id: null }),
      handlers.addMinutes({ minutes: 10 }),
      handlers.setMessages({ messages: ['x'] }),
      handlers.setOutOfService({ on: true }),
      handlers.restart({}),
      handlers.quit({}),
    ]);
    for (const reply of replies) expect(reply).toMatchObject({ ok: false, error: { code: 'agent.closed' } });
    expect(done).toEqual(before);
  });
  it('gives the page, prints it, and tells the state of the machine and of the figures', async () => {
    const { handlers } = await opened();
    expect(await handlers.report({ kind: 'week', id: null })).toEqual(ok(page));
    expect(await handlers.report({ kind: 'week', id: '2026-W99' })).toMatchObject({ error: { code: 'agent.period' } });
    const busy = Promise.withResolvers<void>();
    printer = busy.promise;
    const twice = [handlers.printReport({ kind: 'week', id: null }), handlers.printReport({ kind: 'week', id: null })];
    expect(await Promise.all(twice)).toMatchObject([ok(null), { error: { code: 'agent.printing' } }]);
    expect(lastState.pageOut).toBe('coming');
    expect(await handlers.printReport({ kind: 'week', id: null })).toMatchObject({ error: { code: 'agent.printing' } });
    busy.resolve();
    await clock.advance(0);
    expect([lastState.pageOut, done.includes('print:Semaine 47')]).toEqual(['out', true]);
    paper = 'given';
    await handlers.printReport({ kind: 'week', id: null });
    await clock.advance(0);
    expect(lastState.pageOut).toBe('given');
    paper = 'failed';
    await handlers.printReport({ kind: 'week', id: null });
    await clock.advance(0);
    expect(lastState.pageOut).toBe('failed');
    const status = await handlers.status({});
    expect(status.ok && status.value.map((line) => line.state)).toEqual(['good', 'none', 'look']);
  });
  it('keeps messages and the switch through a restart', async () => {
    const { handlers } = await opened();
    await handlers.setMessages({ messages: ['Fermé vendredi'] });
    await handlers.setOutOfService({ on: true });
    await begin();
    expect(done).toEqual(expect.arrayContaining(['messages:Fermé vendredi', 'out:true']));
  });
  it('keeps both when the switch is pressed while the disk still writes the messages', async () => {
    const { handlers } = await opened();
    const both = [handlers.setMessages({ messages: ['Fermé vendredi'] }), handlers.setOutOfService({ on: true })];
    expect(await Promise.all(both)).toEqual([ok(null), ok(null)]);
    await begin();
    expect(done).toEqual(expect.arrayContaining(['messages:Fermé vendredi', 'out:true']));
  });
  it('says when the disk does not keep a change, and changes nothing', async () => {
    const agent = await opened();
    rmSync(folder, { recursive: true, force: true });
    expect(await agent.handlers.setOutOfService({ on: true })).toMatchObject({ error: { code: 'agent.not-kept' } });
    expect(done).not.toContain('out:true');
  });
  it('closes by itself after five quiet minutes, not while it is used', async () => {
    const agent = await opened();
    await clock.advance(4 * 60_000);
    agent.touched();
    // What the area asks by itself, again and again, is nobody's hand.
    for (let minute = 0; minute < 4; minute += 1) {
      expect((await agent.handlers.status({})).ok).toBe(true);
      expect((await agent.handlers.report({ kind: 'week', id: null })).ok).toBe(true);
      await clock.advance(59_000);
    }
    await clock.advance(70_000);
    expect(await agent.handlers.status({})).toMatchObject({ error: { code: 'agent.closed' } });
  });
  it('closes when the person beside it is asked whether they are still there', async () => {
    const agent = await opened();
    agent.warned();
    expect(await agent.handlers.status({})).toMatchObject({ error: { code: 'agent.closed' } });
  });
  it('adds time and pages, and claims nothing when nobody is there', async () => {
    const { handlers } = await opened();
    somebody = true;
    expect([await handlers.addMinutes({ minutes: 15 }), await handlers.addPages({ pages: 10 })]).toEqual([
      ok(null),
      ok(null),
    ]);
    expect(done).toEqual(expect.arrayContaining(['minutes:15', 'pages:10']));
    somebody = false;
    const nothing = { ok: false, error: { code: 'agent.nothing-to-add' } };
    expect(await handlers.addMinutes({ minutes: 15 })).toMatchObject(nothing);
    expect(await handlers.addPages({ pages: 10 })).toMatchObject(nothing);
  });
  it('sees at the door that a passphrase has just been set', async () => {
    rmSync(file('phrase'));
    const agent = await begin();
    expect(await agent.handlers.open({ passphrase: PASSPHRASE })).toMatchObject({ error: { code: 'agent.not-set' } });
    writeFileSync(file('phrase'), await hashPassphrase(PASSPHRASE));
    await agent.handlers.knock({});
    expect(lastState.passphraseSet).toBe(true);
  });
  it('closes before it restarts or quits', async () => {
    const agent = await opened();
    await agent.handlers.quit({});
    expect(done.slice(-2)).toEqual(['open:false', 'quit']);
  });
});
