/**
 * Encodes and decodes IPP messages through the codec library. Decoded messages have one flat list per group, with every
 * value an array. Nothing a printer sends may throw beyond this file.
 */
import ipp from '@sealsystems/ipp';
import { fail, ok, type Result } from '../../contract/result.ts';
import { DRIVER_OPTIONS } from './driver-colours.ts';
import { sanitizeReply } from './sanitize-reply.ts';
import type { IppGroup, IppReply, IppRequest } from './message.ts';

// The library leaves out attributes that it does not know: the older name, which some colour printers have, and what
// the drivers of queues call it.
const keyword = ipp.attributes['Job Template']?.['print-color-mode'];
for (const name of ['output-mode', ...DRIVER_OPTIONS])
  Object.assign(ipp.attributes['Job Template'] ?? {}, { [name]: keyword });

export const encode = (request: IppRequest): Buffer =>
  ipp.serialize({
    version: request.version,
    operation: request.operation,
    id: request.id,
    'operation-attributes-tag': {
      'attributes-charset': 'utf-8',
      // Replies are matched, never shown. CUPS writes the printer's messages in the language of the job.
      'attributes-natural-language': 'en',
      ...request.attributes,
    },
    ...(request.jobAttributes === undefined ? {} : { 'job-attributes-tag': request.jobAttributes }),
  });

/**
 * The library returns a set of one as its bare value, and ranges as arrays of two numbers. Both become arrays of
 * values.
 */
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
  try {
    const reply = sanitizeReply(body);
    if (!reply.ok) return reply;
    if (reply.value.requestId !== expectedId) return fail('garbage');
    const message = ipp.parse(reply.value.bytes);
    return ok({
      status: reply.value.status,
      operation: groups(message['operation-attributes-tag'])[0] ?? {},
      jobs: groups(message['job-attributes-tag']),
      printers: groups(message['printer-attributes-tag']),
      unsupported: groups(message['unsupported-attributes-tag'])[0] ?? {},
      opaque: reply.value.opaque,
    });
  } catch {
    // The library threw on something that `frame` let through: drop the reply, and keep the kiosk running.
    return fail('garbage');
  }
};
