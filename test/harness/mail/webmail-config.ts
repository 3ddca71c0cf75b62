/** The demonstration configuration with one extra démarche: the Roundcube mailbox under its own host name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Mail } from '../../fixtures/sites/courriel/mail.ts';
import type { SitesOptions } from '../../fixtures/sites/serve.ts';
import { deriveConfig, type DerivedConfig } from '../machines/derive-config.ts';
import { demoConfig } from '../running-kiosk.ts';
import { webmailHost, type Mailbox } from './mailbox.ts';

const demarche = {
  id: 'demo-webmail',
  title: 'Lire mes e-mails (Webmail d’exemple)',
  sentence: `Pour les adresses qui finissent par @${webmailHost}.`,
  theme: 'papiers',
  organism: 'Webmail d’exemple',
  siteName: webmailHost,
  priority: 1,
  url: `https://${webmailHost}/`,
  checkedOn: '2026-11',
  domains: [webmailHost],
  account: { name: 'adresse e-mail', franceConnect: false },
  signInCode: null,
  verifiedOn: '2026-11-26',
  verifiedBy: null,
  sources: ['site de démonstration'],
  papers: [],
  toKnow: ['Votre adresse e-mail et son mot de passe'],
  words: ['webmail', 'roundcube'],
  mailbox: { endings: [webmailHost] },
  steps: [
    {
      title: 'Entrez votre adresse et votre mot de passe',
      text: 'Le mot de passe est celui de cette messagerie.',
      press: 'Connexion',
      drawing: 'mot-de-passe',
      pointAt: '#rcmloginuser',
    },
    {
      title: 'Ouvrez le message qui porte le code',
      text: 'Il est en haut de la liste. Sinon, regardez dans « Pourriels ».',
      drawing: 'email',
    },
    {
      title: 'Notez le code, puis revenez',
      text: 'Votre démarche est restée ouverte. Revenez-y et recopiez le code.',
      drawing: 'email',
    },
  ],
  planB: { place: 'À l’accueil de la MSD.' },
};

const localHosts = (): readonly string[] =>
  (parse(readFileSync(join(demoConfig, 'site.yaml'), 'utf8')) as { localHosts: string[] }).localHosts;

/** Options for `runKioskWithMachines` that add the mailbox and deliver the Caisse's messages to it. */
export const withWebmail = (mailbox: Mailbox) => ({
  site: { localHosts: [...localHosts(), webmailHost] },
  demarches: { [demarche.id]: demarche },
  sites: {
    proxies: { [webmailHost]: mailbox.address },
    onMail: (mail: Mail): void => mailbox.deliver({ ...mail, to: mailbox.owner }),
  },
});

/** The same for `runKiosk`. */
export const deriveWebmailConfig = (mailbox: Mailbox): DerivedConfig & { readonly sites: SitesOptions } => {
  const { site, demarches, sites } = withWebmail(mailbox);
  return { ...deriveConfig(site, demarches), sites };
};
