/** The catalogue feature: the démarches of the configuration. */
import { defineFeature } from '../feature.ts';
import { createCatalogue } from './catalogue.ts';

export const catalogueFeature = defineFeature({
  name: 'catalogue',
  counters: [],
  open: (kiosk) => createCatalogue(kiosk),
});
