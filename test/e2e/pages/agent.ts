/** Actions of an agent at the kiosk: the hidden gesture, the sign-in, the agent area. */
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { RunningKiosk } from '../../harness/running-kiosk.ts';

export const onAgent = (page: Page) => {
  // The agent's dialog. Screens below it have buttons with the same names.
  const area = page.locator('dialog[open]');
  const button = (name: string) => area.getByRole('button', { name, exact: true });
  return {
    doorTitle: area.getByRole('heading', { name: 'Espace des agents' }),
    passphrase: area.getByLabel('Phrase de passe', { exact: true }),
    enter: button('Entrer'),
    leave: button('Revenir'),
    answer: area.locator('.door [role=status]'),
    notSet: area.getByText('Aucune phrase de passe n’est encore choisie'),
    close: button('Fermer l’espace agent'),
    figures: button('Les chiffres'),
    machine: button('La borne'),
    welcome: button('L’accueil'),
    sentences: area.locator('.sentences p'),
    advice: area.locator('.advice li'),
    week: button('Semaine'),
    month: button('Mois'),
    before: button('Avant'),
    printPage: button('Imprimer cette page'),
    said: area.locator('p.said[role=status]'),
    lines: area.locator('.lines li'),
    addTime: button('Ajouter 15 min'),
    addPages: button('Ajouter 10 pages'),
    why: area.locator('.why'),
    out: button('Mettre hors service'),
    back: button('Remettre en service'),
    restart: button('Redémarrer la borne'),
    quit: button('Arrêter le programme'),
    yes: button('Oui'),
    message: (number: number) => area.getByLabel(`Message ${number}`),
    save: button('Montrer ces messages'),
    charts: area.locator('svg[role=img]'),
    table: (title: string) => area.getByRole('table', { name: title }),
  };
};

const waitMs = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const root = join(import.meta.dirname, '..', '..', '..');

export const createAgentActions = (kiosk: RunningKiosk, { passphrase = 'quatre tasses de café' } = {}) => {
  const page = kiosk.screens;
  const see = onAgent(page);
  const corner = async (): Promise<{ readonly x: number; readonly y: number }> => ({
    x: 12,
    y: (await page.evaluate(() => innerHeight)) - 12,
  });
  const whileHeld = async (wait: () => Promise<void>): Promise<void> => {
    const { x, y } = await corner();
    const pointer = (...args: string[]) =>
      execFileSync('xdotool', args, { env: { ...process.env, DISPLAY: kiosk.display } });
    pointer('mousemove', String(x), String(y), 'mousedown', '1');
    try {
      await wait();
    } finally {
      pointer('mouseup', '1', 'mousemove', '400', '300');
    }
  };
  const agent = {
    see,
    passphrase,
    /** Holds the display's real mouse button down for that long. */
    holdByMouse: async (ms: number) => whileHeld(() => waitMs(ms)),
    /** Holds a touch, sent as the browser gets it from a touch screen. */
    async holdByTouch(ms: number) {
      const devtools = await page.context().newCDPSession(page);
      const touch = (type: 'touchStart' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
        devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
      try {
        await touch('touchStart', [await corner()]);
        await waitMs(ms);
        await touch('touchEnd', []);
      } finally {
        await devtools.detach();
      }
    },
    /** Runs `npm start -- agent-passphrase` while the kiosk is running. */
    setPassphrase: () =>
      new Promise<void>((resolve, reject) => {
        const child = spawn(process.execPath, [join(root, 'main/npm-scripts/launch.ts'), 'agent-passphrase'], {
          env: { PATH: process.env['PATH'], STATE_DIRECTORY: kiosk.state, NODE_NO_WARNINGS: '1' },
          stdio: ['pipe', 'ignore', 'inherit'],
        });
        child.once('error', reject);
        child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`agent-passphrase: ${code}`))));
        child.stdin.end(`${passphrase}\n${passphrase}\n`);
      }),
    /** Signs in. */
    async enter() {
      await see.passphrase.fill(passphrase);
      await see.enter.click();
      await see.close.waitFor();
    },
    async open() {
      const held = (options = {}) => whileHeld(() => see.passphrase.waitFor(options));
      // The screens that come after the first one do not see a press from before they are loaded: an agent presses
      // again.
      await held({ timeout: 5_000 }).catch(() => held());
      await agent.enter();
    },
    /** Makes sure that the agent area is open; the previous test may have left it open. */
    async inside() {
      if (!(await see.close.isVisible())) await agent.open();
    },
    async close() {
      await see.close.click();
      await see.close.waitFor({ state: 'detached' });
    },
  };
  return agent;
};
export type AgentActions = ReturnType<typeof createAgentActions>;
