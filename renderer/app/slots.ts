/** What features add to the screens of others: one line each. */
import type { Component } from 'svelte';
import AgentArea from '../features/agent/AgentArea.svelte';
import FilesLater from '../features/browsing/FilesLater.svelte';
import { catalogueMessages } from '../features/catalogue/messages.ts';
import PrintListButton from '../features/printing/PrintListButton.svelte';
import PrintListener from '../features/printing/PrintListener.svelte';
import PrintTool from '../features/printing/PrintTool.svelte';
import type { Slots } from './kiosk-context.ts';

export const slots: Slots = {
  wideButtons: [
    { icon: 'learn', label: catalogueMessages.learn, press: (router) => router.go('theme', { theme: 'apprendre' }) },
  ],
  sheetActions: [PrintListButton],
  visitTools: [PrintTool],
  helpSections: [],
  everywhere: [PrintListener, AgentArea],
  filesCover: FilesLater as Component<{ accept: string; multiple: boolean }>,
};
