/** In the browser of whoever writes: drives the fake kiosk of the frame, and shows what is wrong beside it. */
import type { Tutorial } from '../../main/contract/tutorial-content.ts';
import type { FakeKiosk } from '../harness/screens/fake-kiosk.ts';
import type { PreviewContent } from './read-content.ts';

type Language = 'fr' | 'simple' | 'en';

const element = <T extends Element>(selector: string, kind: new () => T): T => {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`no ${selector}`);
  return found;
};
const frame = element('#screens', HTMLIFrameElement);
const choice = element('#which', HTMLSelectElement);
const state = element('#state', HTMLElement);
const lists = { mistakes: element('#mistakes', HTMLUListElement), advice: element('#advice', HTMLUListElement) };

let content: PreviewContent | undefined;
let language: Language = 'fr';
/** The last version of each that had no mistake: shown while the next one is being corrected. */
const lastGood = new Map<string, Tutorial>();

const fill = (list: HTMLUListElement, lines: readonly string[], none: string): void => {
  list.replaceChildren(
    ...(lines.length > 0 ? lines : [none]).map((line) => {
      const item = document.createElement('li');
      item.textContent = line;
      return item;
    }),
  );
  list.classList.toggle('none', lines.length === 0);
};

const waitFor = async (look: () => Element | null | undefined): Promise<HTMLElement | undefined> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = look();
    if (found !== null && found !== undefined) return found as HTMLElement;
    await new Promise((next) => setTimeout(next, 25));
  }
  return undefined;
};

/** Where the writer was: "3 sur 8" is the screen 2. */
const screenNow = (): number => {
  const said = frame.contentDocument?.querySelector('.tutorial .progress')?.textContent ?? '';
  return Math.max(0, Number(/\d+/.exec(said)?.[0] ?? 1) - 1);
};

const open = async (tutorial: Tutorial, screen: number): Promise<void> => {
  const loaded = new Promise((done) => frame.addEventListener('load', done, { once: true }));
  frame.src = '/';
  await loaded;
  const kiosk = (frame.contentWindow as (Window & { fakeKiosk?: FakeKiosk }) | null)?.fakeKiosk;
  const page = frame.contentDocument;
  if (!kiosk || !page) return;
  const { screens: _, remember: __, next: ___, forReal: ____, ...summary } = tutorial;
  kiosk.preferences({ language, textSize: 'normal', colours: 'light' });
  kiosk.answer('tutorials.list', { tutorials: [summary], gestures: [] });
  kiosk.answer('tutorials.tutorial', tutorial);
  kiosk.set('tutorials', {
    count: 1,
    revision: 1,
    mine: [{ id: tutorial.id, screen: Math.min(screen, tutorial.screens.length - 1), finished: false }],
  });
  kiosk.phase({ name: 'active' });
  const buttons = (): HTMLElement[] => [...page.querySelectorAll('button')];
  (await waitFor(() => buttons().find((one) => /^(Apprendre|Learn)/.test(one.innerText.trim()))))?.click();
  (await waitFor(() => page.querySelector('.foot .primary')))?.click();
};

const show = async (screen: number): Promise<void> => {
  if (!content) return;
  const id = choice.value;
  const now = content.tutorials.find((one) => one.id === id);
  if (now) lastGood.set(id, now);
  const general = content.mistakes[''] ?? [];
  fill(lists.mistakes, [...(content.mistakes[id] ?? []), ...general], 'Aucune erreur.');
  fill(lists.advice, content.advice[id] ?? [], 'Aucun conseil.');
  const ease = content.ease[id];
  const shown = now ?? lastGood.get(id);
  state.textContent = now
    ? `Facilité de lecture : ${ease ?? '—'} (100 : très facile, 70 : un journal)`
    : shown
      ? 'Il y a une erreur : voici la version d’avant.'
      : 'Il y a une erreur : corrigez-la pour voir le tutoriel.';
  state.classList.toggle('wrong', !now);
  if (shown) await open(shown, screen);
  else frame.removeAttribute('src');
};

const read = async (wanted: string, screen: number): Promise<void> => {
  content = (await (await fetch('/apercu/contenu')).json()) as PreviewContent;
  const { ids } = content;
  choice.replaceChildren(
    ...ids.map((id) => {
      const option = document.createElement('option');
      option.value = id;
      option.textContent = (content?.mistakes[id]?.length ?? 0) > 0 ? `${id} (erreur)` : id;
      return option;
    }),
  );
  choice.value = ids.includes(wanted) ? wanted : (ids[0] ?? '');
  for (const one of content.tutorials) lastGood.set(one.id, one);
  await show(screen);
};

choice.addEventListener('change', () => {
  location.hash = choice.value;
  void show(0);
});
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-language]')) {
  button.addEventListener('click', () => {
    language = button.dataset['language'] as Language;
    for (const one of document.querySelectorAll('[data-language]')) {
      one.setAttribute('aria-pressed', String(one === button));
    }
    void show(screenNow());
  });
}
// The one that was just saved is the one being written.
new EventSource('/apercu/changements').addEventListener('message', ({ data }: MessageEvent<string>) => {
  const changed = JSON.parse(data) as string;
  const same = changed === choice.value || content?.ids.includes(changed) !== true;
  void read(same ? choice.value : changed, same ? screenNow() : 0);
});
void read(location.hash.slice(1), 0);
