/** Checks with Validate-Job which options of an order the printer accepts, so that no job is refused half way. */
import { fail, ok, type Result } from '../../contract/result.ts';
import { printerFault, type PrinterFault, type PrintOrder } from '../printer.ts';
import { jobAttributesFor, type Capabilities } from './capabilities.ts';
import type { IppClient } from './client.ts';
import type { IppAttributes } from './message.ts';
import { isSuccess, newJobFault, STATUS } from './status.ts';

export const validateJob = async (
  client: IppClient,
  order: PrintOrder,
  capabilities: Capabilities,
  mime: string,
  signal: AbortSignal | undefined,
): Promise<Result<IppAttributes, PrinterFault>> => {
  let attributes = jobAttributesFor(order, capabilities);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const reply = await client.call({
      operation: 'Validate-Job',
      attributes: {
        'job-name': client.owner.jobName,
        'ipp-attribute-fidelity': false,
        'document-format': mime,
      },
      jobAttributes: attributes,
      ...(signal === undefined ? {} : { signal }),
    });
    if (!reply.ok) return reply;
    const { status, unsupported } = reply.value;
    if (status === STATUS.operationNotSupported) return ok(attributes);
    const refused = Object.keys(attributes).filter((name) => name in unsupported);
    if (isSuccess(reply.value) && refused.length === 0) return ok(attributes);
    // Dropping `copies` would print too few; dropping `sides` still prints the whole document.
    if (refused.includes('copies')) return fail(printerFault('printer.option-refused', 'copies'));
    if (!isSuccess(reply.value) && (status !== STATUS.attributesNotSupported || refused.length === 0)) {
      return fail(newJobFault(status));
    }
    attributes = Object.fromEntries(Object.entries(attributes).filter(([name]) => !refused.includes(name)));
  }
  return ok(attributes);
};
