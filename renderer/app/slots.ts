/** What features add to the screens of others: one line each. A feature that the main process does not serve yet adds nothing. */
import type { Component } from 'svelte';
import FilesLater from '../features/browsing/FilesLater.svelte';
import { catalogueMessages } from '../features/catalogue/messages.ts';
import type { Slots } from './kiosk-context.ts';

export const slots: Slots = {
  wideButtons: [
    { icon: 'learn', label: catalogueMessages.learn, press: (router) => router.go('theme', { theme: 'apprendre' }) },
  ],
  sheetActions: [],
  visitTools: [],
  helpSections: [],
  everywhere: [],
  filesCover: FilesLater as Component<{ accept: string; multiple: boolean }>,
};
