/** Maps IPP status codes (RFC 8011 appendix B) to printer faults. */
import { printerFault, type PrinterFault, type PrinterFaultCode } from '../printer.ts';
import type { IppReply } from './message.ts';

export const isSuccess = (reply: IppReply): boolean => reply.status < 0x0100;

export const STATUS = {
  badRequest: 0x0400,
  notPossible: 0x0404,
  notFound: 0x0406,
  gone: 0x0407,
  attributesNotSupported: 0x040b,
  operationNotSupported: 0x0501,
} as const;

const CODES: Readonly<Record<number, PrinterFaultCode>> = {
  0x0401: 'printer.login-wanted',
  0x0402: 'printer.login-wanted',
  0x0403: 'printer.login-wanted',
  0x0406: 'printer.unreachable',
  0x0407: 'printer.unreachable',
  0x0408: 'printer.too-large',
  0x040a: 'printer.format-refused',
  0x040b: 'printer.option-refused',
  0x040f: 'printer.format-refused',
  0x0411: 'printer.format-refused',
  0x0412: 'printer.format-refused',
  0x041b: 'printer.format-refused',
  0x0418: 'printer.format-refused',
  // PWG 5100.16: the account is required, closed, out of quota, or not authorized.
  0x041c: 'printer.login-wanted',
  0x041d: 'printer.login-wanted',
  0x041e: 'printer.quota',
  0x041f: 'printer.login-wanted',
  0x0502: 'printer.busy',
  0x0505: 'printer.busy',
  0x0506: 'printer.not-accepting',
  0x0507: 'printer.busy',
  0x0508: 'printer.cancelled',
  0x050a: 'printer.not-accepting',
  0x050b: 'printer.busy',
};

export const statusFault = (status: number): PrinterFault =>
  printerFault(CODES[status] ?? 'printer.server-error', `ipp-0x${status.toString(16).padStart(4, '0')}`);

/**
 * An answer that some print servers and printers give about a job that has ended (apple/cups#4047,
 * gmuth/ipp-client-kotlin#19), and others about anything.
 */
export const isDenial = ({ cause }: PrinterFault): boolean =>
  cause === statusFault(STATUS.badRequest).cause || cause === statusFault(STATUS.notPossible).cause;

/**
 * The fault of a rejected new job. "Not possible" then means a limit: CUPS returns it for a user's limits of pages and
 * jobs (`job-page-limit`, `MaxJobsPerUser`). For an existing job, it only means that the job has ended.
 */
export const newJobFault = (status: number): PrinterFault =>
  status === STATUS.notPossible ? printerFault('printer.quota', 'ipp-0x0404') : statusFault(status);
