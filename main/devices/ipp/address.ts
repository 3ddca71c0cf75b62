/** `ipp:`/`ipps:` printer URIs and the HTTP URLs that they map to (RFC 3510, RFC 7472). */

export interface IppAddress {
  /** Value of the `printer-uri` attribute. */
  readonly printerUri: string;
  readonly httpUrl: string;
  readonly secure: boolean;
  readonly host: string;
}

/** Accepts ipp, ipps, http and https; undefined for anything else. */
export const parseIppAddress = (uri: string): IppAddress | undefined => {
  const found = /^(ipps?|https?):\/\/([^/?#]+)([^#]*)$/i.exec(uri.trim());
  if (found === null) return undefined;
  const scheme = (found[1] ?? '').toLowerCase();
  const secure = scheme.endsWith('s');
  const path = found[3] === '' || found[3] === undefined ? '/ipp/print' : found[3];
  let url: URL;
  try {
    url = new URL(`${secure ? 'https' : 'http'}://${found[2]}${path}`);
  } catch {
    return undefined;
  }
  if (url.username !== '' || url.password !== '') return undefined;
  if (!/:\d+$/.test(found[2] ?? '')) url.port = scheme.startsWith('ipp') ? '631' : url.port;
  return {
    printerUri: `${secure ? 'ipps' : 'ipp'}://${url.host}${path}`,
    httpUrl: url.href,
    secure,
    host: url.host,
  };
};

/** The same printer over TLS, on the same port, as HTTP 426 requires. */
export const overTls = (address: IppAddress): IppAddress =>
  parseIppAddress(address.printerUri.replace(/^ipp:/, 'ipps:')) ?? address;
