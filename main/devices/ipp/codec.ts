/**
 * IPP messages in and out, over the codec library. What comes in is one flat list a group, every value an array;
 * what goes out names its operation. Nothing a printer sends may throw beyond this file.
 */
import ipp from '@sealsystems/ipp';
import { fail, ok, type Result } from '../../contract/result.ts';
import { frame } from './framing.ts';
import type { IppGroup, IppReply, IppRequest } from './message.ts';

export const encode = (request: IppRequest): Buffer =>
  ipp.serialize({
    version: request.version,
    operation: request.operation,
    id: request.id,
    'operation-attributes-tag': {
      'attributes-charset': 'utf-8',
      // The answers are matched, never shown. CUPS writes what a printer says in the language of the job.
      'attributes-natural-language': 'en',
      ...request.attributes,
    },
    ...(request.jobAttributes === undefined ? {} : { 'job-attributes-tag': request.jobAttributes }),
  });

/** The library answers a set of one as its bare value, ranges as arrays of two numbers: both become arrays of values. */
const valuesOf = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === '' || value === null) return [];
  if (!Array.isArray(value)) return [value];
  const first: unknown = value[0];
  const isPair =
    typeof first === 'number' && typeof value[1] === 'number' && (value.length === 2 || typeof value[2] === 'string');
  return isPair ? [value] : (value as unknown[]).filter((one) => one !== '' && one !== undefined && one !== null);
};

const group = (raw: unknown): IppGroup =>
  Object.fromEntries(Object.entries(raw ?? {}).map(([name, value]) => [name, valuesOf(value)]));
const groups = (raw: unknown): readonly IppGroup[] =>
  raw === undefined ? [] : (Array.isArray(raw) ? raw : [raw]).map(group);

export const decode = (body: Buffer, expectedId: number): Result<IppReply, 'garbage'> => {
  const framed = frame(body);
  if (!framed.ok) return framed;
  if (framed.value.requestId !== expectedId) return fail('garbage');
  try {
    const message = ipp.parse(framed.value.bytes);
    return ok({
      status: framed.value.status,
      operation: groups(message['operation-attributes-tag'])[0] ?? {},
      jobs: groups(message['job-attributes-tag']),
      printers: groups(message['printer-attributes-tag']),
      unsupported: groups(message['unsupported-attributes-tag'])[0] ?? {},
      opaque: framed.value.opaque,
    });
  } catch {
    // Whatever the library could not read past our own guard: the reply is worth nothing, the kiosk goes on.
    return fail('garbage');
  }
};
