declare module '@sealsystems/ipp' {
  interface Message {
    version?: string;
    operation?: string;
    statusCode?: string;
    id?: number;
    data?: Buffer;
    [group: string]: unknown;
  }
  const ipp: {
    serialize(message: Message): Buffer;
    parse(bytes: Buffer): Message;
    operations: Readonly<Record<string, number>> & { readonly lookup: readonly (string | null)[] };
    attributes: Record<string, Record<string, unknown>>;
  };
  export default ipp;
}
