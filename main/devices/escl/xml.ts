/** Reads a scanner's XML. Entities are not expanded and no DTD is loaded, because it comes from the network. */
import { XMLParser } from 'fast-xml-parser';

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  isArray: (name) =>
    [
      'ColorMode',
      'DiscreteResolution',
      'DocumentFormat',
      'DocumentFormatExt',
      'Intent',
      'SettingProfile',
      'JobInfo',
      'JobStateReason',
      'SupportedIntent',
    ].includes(name),
});

export type XmlNode = Readonly<Record<string, unknown>>;
export const isNode = (value: unknown): value is XmlNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const at = (node: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((here, name) => (isNode(here) ? here[name] : undefined), node);
export const listAt = (node: unknown, ...path: readonly string[]): readonly unknown[] => {
  const value = at(node, ...path);
  return Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value];
};
export const textAt = (node: unknown, ...path: readonly string[]): string => {
  const value = at(node, ...path);
  return typeof value === 'string' ? value.trim() : '';
};
export const numberAt = (node: unknown, ...path: readonly string[]): number | undefined => {
  const value = Number(textAt(node, ...path) || Number.NaN);
  return Number.isFinite(value) ? value : undefined;
};

export const root = (xml: string, name: string): XmlNode | undefined => {
  try {
    const found = at(parser.parse(xml), name);
    return isNode(found) ? found : undefined;
  } catch {
    return undefined; // not XML: the caller reports "garbled"
  }
};
