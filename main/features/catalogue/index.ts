/** The démarches of the configuration, as the screens show them. */
import { defineFeature } from '../feature.ts';
import { createCatalogue } from './catalogue.ts';

export const catalogueFeature = defineFeature({
  name: 'catalogue',
  counters: [],
  open: (kiosk) => createCatalogue(kiosk),
});
