/** Where the demonstration's rules lead its names, in Chromium's own words for it (`MAP *.test 127.0.0.1:4433`). */
import type { Endpoint } from '../../platform/tls-keys.ts';

/** Where the demonstration sites are served: the last of the rules (`MAP *.test 127.0.0.1:4433`). */
export const demoEndpoint = (hostRules: string | undefined): Endpoint | undefined => {
  const [, address, port] = /(\d+\.\d+\.\d+\.\d+):(\d+)$/.exec(hostRules ?? '') ?? [];
  return address === undefined ? undefined : { address, port: Number(port) };
};

const ruleFor = (hostRules: string | undefined, host: string): string | undefined =>
  (hostRules ?? '').split(',').find((rule) => {
    const pattern = /^MAP (\S+) /.exec(rule)?.[1];
    if (pattern === '*') return true;
    return pattern?.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
  });

/** Where the demonstration's rules lead a name; `null` for nowhere (`~NOTFOUND`), undefined where no rule is about it. */
export const mappedEndpoint = (hostRules: string | undefined, host: string): Endpoint | null | undefined => {
  const rule = ruleFor(hostRules, host);
  return rule === undefined ? undefined : (demoEndpoint(rule) ?? null);
};

/**
 * Whether the demonstration says where a name leads. Nobody else is asked about it then: it works without a network, and
 * without the seconds that a network takes whose name server is silent.
 */
export const isMapped = (hostRules: string | undefined, host: string): boolean =>
  ruleFor(hostRules, host) !== undefined;
