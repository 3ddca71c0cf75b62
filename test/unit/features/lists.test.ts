/** The log and the configuration can't import the features, so they have lists of their own. The lists must agree. */
import { expect, it } from 'vitest';
import { definitions } from '../../../main/compose.ts';
import { sectionDefaults, sectionFields } from '../../../main/config/sections.ts';
import { sessionFeature } from '../../../main/features/session/index.ts';
import { catalogue } from '../../../main/log/catalogue.ts';
import { kioskEvents } from '../../../main/log/events/kiosk.ts';
import { shellEvents } from '../../../main/log/events/shell.ts';

interface Brought {
  readonly events?: object;
  readonly section?: { readonly fields: object; readonly defaults: unknown } | undefined;
}
const features: readonly Brought[] = [sessionFeature, ...definitions];
const keys = (objects: readonly object[]): readonly string[] => objects.flatMap((one) => Object.keys(one)).sort();

it('the log catalogue has the events of every feature, those of the kiosk, and no others', () => {
  const own = features.map(({ events }) => events ?? {});
  expect(Object.keys(catalogue).sort()).toEqual(keys([kioskEvents, shellEvents, ...own]));
});

it('the configuration has the section of every feature, and no other', () => {
  const sections = features.flatMap(({ section }) => section ?? []);
  expect(Object.keys(sectionFields).sort()).toEqual(keys(sections.map(({ fields }) => fields)));
  expect(Object.keys(sectionDefaults).sort()).toEqual(keys(sections.map(({ defaults }) => defaults as object)));
});
