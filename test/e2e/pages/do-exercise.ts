/** Solves any exercise, with the right answers taken from its content. */
import type { Locator, Page } from 'playwright-core';
import type { Practice, PracticeKind, PracticeOf } from '../../../main/contract/tutorial-content.ts';
import type { Hand } from './hands.ts';

type Doing = { readonly [K in PracticeKind]: (practice: PracticeOf<K>) => Promise<void> };

export const doExercise = async (page: Page, hand: Hand, practice: Practice): Promise<void> => {
  const here = page.locator('.practice');
  const said = (text: string): Locator => here.getByText(text, { exact: true }).first();
  const button = (name: string | RegExp): Locator => here.getByRole('button', { name }).first();
  const press = (what: Locator): Promise<void> => hand.press(what);
  const field = (label: string | RegExp): Locator => here.getByLabel(label).first();
  const next = /^(Continuer|Question \d+ sur \d+|Page suivante|En fabriquer un bon)$/;
  const goOn = async (at: number, of: number): Promise<void> => {
    if (at < of - 1) await press(button(next));
  };

  const doing: Doing = {
    async targets({ act, count }) {
      for (let n = 1; n <= count; n += 1) {
        const round = button(`Rond ${n} sur ${count}`);
        await round.waitFor();
        await (act === 'reach' ? hand.reach(round) : act === 'press' ? hand.press(round) : hand.pressTwice(round));
      }
    },
    async drag({ items }) {
      for (const item of items) {
        await press(here.locator('.item', { hasText: item.name.fr }).first());
        await press(here.locator(`[data-place="${item.to}"]`));
      }
    },
    async type({ texts }) {
      for (const [at, text] of texts.entries())
        await hand.write(field(`Écrivez ici (${at + 1} sur ${texts.length})`), text);
    },
    async choose({ questions }) {
      for (const [at, { answers }] of questions.entries()) {
        await press(said(answers.find(({ right }) => right)?.text.fr ?? ''));
        await goOn(at, questions.length);
      }
    },
    async 'true-false'({ statements }) {
      for (const [at, { answer }] of statements.entries()) {
        await press(button(answer ? /^Vrai$/ : /^Faux$/));
        await goOn(at, statements.length);
      }
    },
    async order({ steps }) {
      for (const step of steps) await press(here.locator('ul').getByText(step.fr, { exact: true }).first());
    },
    async form({ fields }) {
      for (const one of fields) {
        if (one.as === 'tick') await press(field(one.label.fr));
        else await hand.write(field(one.label.fr), one.value ?? '');
      }
      await press(button(/^Envoyer$/));
    },
    async mailbox({ messages, tasks }) {
      for (const [at, task] of tasks.entries()) {
        await press(here.locator('.list button').nth(messages.findIndex(({ id }) => id === task.message)));
        if (task.do === 'find-code') {
          await hand.write(field('Le code'), task.code);
          await press(button('Vérifier'));
        } else if (task.do === 'answer') {
          await press(button('Répondre'));
          await hand.write(field('Votre réponse'), task.write?.fr ?? 'Merci');
          await press(button(/^Envoyer$/));
        } else if (task.do === 'attach') {
          await press(button('Joindre un document'));
          await press(here.locator('.documents').getByText(task.documents.find(({ right }) => right)?.name.fr ?? ''));
        } else if (task.do === 'spot-trap') await press(button('Ce message est un piège'));
        await goOn(at, tasks.length);
      }
    },
    async 'search-page'({ query, typed, results }) {
      if (typed) {
        await hand.write(field('La recherche'), query);
        await press(button('Chercher'));
      }
      await press(here.locator('li button').nth(results.findIndex(({ right }) => right)));
    },
    async password({ weak, words }) {
      for (const one of weak) await press(said(one.password));
      if (weak.length > 0) await press(button(next));
      for (const tile of [words[0], words[2], words[4], '7', '-']) {
        await press(here.locator('.tiles').getByText(tile ?? '', { exact: true }));
      }
    },
    async franceconnect({ accounts, identifier, password }) {
      await press(here.locator('.button-fc'));
      await press(here.locator('li').getByText(accounts.find(({ right }) => right)?.name ?? '', { exact: true }));
      await hand.write(field('Identifiant'), identifier);
      await hand.write(field('Mot de passe'), password);
      await press(button('Se connecter'));
      await press(button(/^Continuer vers/));
    },
    async calendar({ days }) {
      const day = days.findIndex(({ slots }) => slots.some(({ right, taken }) => right && !taken));
      const slot = days[day]?.slots.findIndex(({ right, taken }) => right && !taken) ?? 0;
      await press(here.locator('.days > li').nth(day).locator('button').nth(slot));
      await press(button(/^Prendre /));
    },
    async scan({ pages }) {
      for (const [at, { fault }] of pages.entries()) {
        await press(button(fault === 'none' ? /^Bon$/ : /^À refaire$/));
        await goOn(at, pages.length);
      }
    },
    async letter({ blocks, copy }) {
      await press(here.locator('.letter button').nth(blocks.findIndex(({ right }) => right)));
      if (copy === null) return;
      await hand.write(field('Recopiez-le ici'), copy);
      await press(button('Vérifier'));
    },
  };
  await (doing[practice.kind] as (one: Practice) => Promise<void>)(practice);
};
