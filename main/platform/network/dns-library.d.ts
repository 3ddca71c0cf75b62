declare module 'dns-packet' {
  export type DnsRecord = { readonly name: string; readonly ttl?: number } & (
    | { readonly type: 'PTR' | 'A' | 'AAAA'; readonly data: string }
    | { readonly type: 'SRV'; readonly data: { readonly port: number; readonly target: string } }
    | { readonly type: 'TXT'; readonly data: readonly Buffer[] }
    | { readonly type: 'OPT' }
  );
  interface DnsPacket {
    readonly type: 'query' | 'response';
    readonly questions?: readonly { readonly name: string; readonly type: string }[];
    readonly answers?: readonly DnsRecord[];
    readonly additionals?: readonly DnsRecord[];
  }
  const dns: {
    readonly encode: (packet: DnsPacket) => Buffer;
    /** Throws on a packet that is cut or points outside itself. */
    readonly decode: (bytes: Buffer) => Required<DnsPacket>;
  };
  export default dns;
}
