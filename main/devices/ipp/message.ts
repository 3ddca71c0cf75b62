/** Types of IPP messages, and accessors for their values. */
export type IppOperation =
  | 'Print-Job'
  | 'Validate-Job'
  | 'Create-Job'
  | 'Send-Document'
  | 'Cancel-Job'
  | 'Get-Job-Attributes'
  | 'Get-Jobs'
  | 'Get-Printer-Attributes'
  | 'Purge-Jobs'
  | 'CUPS-Get-Default'
  | 'CUPS-Get-Printers';

export type IppValue = string | number | boolean | readonly number[] | { readonly [member: string]: unknown };
export type IppAttributes = Readonly<Record<string, IppValue | readonly IppValue[]>>;

export interface IppRequest {
  readonly operation: IppOperation;
  readonly version: '1.1' | '2.0';
  readonly id: number;
  readonly attributes: IppAttributes;
  readonly jobAttributes?: IppAttributes;
}

/** Every attribute as an array of values; an empty array means "no value". */
export type IppGroup = Readonly<Record<string, readonly unknown[]>>;

export interface IppReply {
  /** 0x0000–0x00ff: success, 0x04xx: client error, 0x05xx: printer error. */
  readonly status: number;
  readonly operation: IppGroup;
  readonly jobs: readonly IppGroup[];
  readonly printers: readonly IppGroup[];
  readonly unsupported: IppGroup;
  readonly opaque: number;
}

export const strings = (from: IppGroup, name: string): readonly string[] =>
  (from[name] ?? []).filter((value): value is string => typeof value === 'string');
export const firstString = (from: IppGroup, name: string): string | undefined => strings(from, name)[0];
export const firstNumber = (from: IppGroup, name: string): number | undefined =>
  (from[name] ?? []).find((value): value is number => typeof value === 'number');
export const firstBoolean = (from: IppGroup, name: string): boolean | undefined =>
  (from[name] ?? []).find((value): value is boolean => typeof value === 'boolean');
/** `rangeOfInteger` values; a single integer becomes a range of one. */
export const ranges = (from: IppGroup, name: string): readonly (readonly [number, number])[] =>
  (from[name] ?? []).flatMap((value) => {
    if (typeof value === 'number') return [[value, value] as const];
    return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number'
      ? [[value[0], value[1]] as const]
      : [];
  });
