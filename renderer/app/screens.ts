/** Each screen of an open session: its route in `routes.ts`, its component here. The compiler wants both. */
import type { Component } from 'svelte';
import VisitScreen from '../features/browsing/VisitScreen.svelte';
import PickScreen from '../features/catalogue/PickScreen.svelte';
import SheetScreen from '../features/catalogue/SheetScreen.svelte';
import ThemeScreen from '../features/catalogue/ThemeScreen.svelte';
import NeedsScreen from '../features/directory/NeedsScreen.svelte';
import PlaceScreen from '../features/directory/PlaceScreen.svelte';
import PlacesScreen from '../features/directory/PlacesScreen.svelte';
import DocumentScreen from '../features/documents/DocumentScreen.svelte';
import DocumentsScreen from '../features/documents/DocumentsScreen.svelte';
import MailboxScreen from '../features/mailbox/MailboxScreen.svelte';
import PrintScreen from '../features/printing/PrintScreen.svelte';
import ScanScreen from '../features/scanning/ScanScreen.svelte';
import GesturesScreen from '../features/tutorials/GesturesScreen.svelte';
import LessonScreen from '../features/tutorials/LessonScreen.svelte';
import TutorialsScreen from '../features/tutorials/TutorialsScreen.svelte';
import type { RouteName, Routes } from './routes.ts';

export const screens: { readonly [N in RouteName]: Component<Routes[N]> } = {
  pick: PickScreen,
  theme: ThemeScreen,
  sheet: SheetScreen,
  visit: VisitScreen,
  mailbox: MailboxScreen,
  print: PrintScreen,
  scan: ScanScreen,
  needs: NeedsScreen,
  places: PlacesScreen,
  place: PlaceScreen,
  tutorials: TutorialsScreen,
  lesson: LessonScreen,
  gestures: GesturesScreen,
  documents: DocumentsScreen,
  document: DocumentScreen,
};
