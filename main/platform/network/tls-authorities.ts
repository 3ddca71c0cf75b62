/** The authorities that may sign the certificate of a server which our own process asks. */
import { getCACertificates } from 'node:tls';

/** A network that inspects TLS has an authority of its own, which Node does not read from the system by itself. */
export const tlsAuthorities = (): string[] => [...getCACertificates('default'), ...getCACertificates('system')];
