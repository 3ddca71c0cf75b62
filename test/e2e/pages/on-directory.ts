/** Selectors for the screens of the directory. */
import type { Page } from 'playwright-core';

export const onDirectory = (page: Page) => ({
  title: page.getByRole('heading', { level: 1 }),
  nearHere: page.getByRole('button', { name: 'De l’aide près d’ici' }),
  need: (name: string) => page.getByRole('button', { name }),
  anyPlace: page.getByRole('button', { name: 'Voir tous les lieux' }),
  town: page.getByRole('textbox', { name: 'Votre commune ou votre code postal' }),
  count: page.locator('.count'),
  openNow: page.getByRole('button', { name: 'Ouvert maintenant' }),
  names: page.locator('[data-place] .name'),
  place: (name: string) => page.locator('[data-place]').getByRole('button', { name }),
  pointedMarker: page.locator('.map .marker.pointed text'),
  changeMap: page.getByRole('button', { name: 'Agrandir ou déplacer' }),
  streets: page.getByRole('img', { name: /^Plan des rues/ }),
  stops: page.locator('.stops li'),
  markers: page.locator('.map .marker text'),
  printTicket: page.getByRole('button', { name: 'Imprimer le ticket' }),
  notTrue: page.getByRole('button', { name: 'Ce n’est plus vrai' }),
  tellAgent: page.getByRole('button', { name: 'Oui, prévenir l’agent' }),
  dialogTitle: page.locator('dialog h2'),
  notAll: page.getByRole('button', { name: 'Je n’ai pas tout' }),
});
