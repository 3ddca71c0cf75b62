/** Sentences for the agent about the state of the machine: what works, what doesn't, and what to do about it. */
import type { StatusLine } from '../../contract/agent.ts';
import type { KioskState } from '../../contract/index.ts';
import type { PrinterCode } from '../../contract/printing.ts';
import type { MemoryUse } from '../../platform/memory-folder.ts';
import type { Silence } from '../../shell/port.ts';
import type { AuditResult, KeyStatus } from '../feature.ts';

export interface MachineState {
  readonly printer: KioskState['printing']['printer'];
  readonly scanner: KioskState['scanning']['scanner'];
  /** Undefined when USB keys are not allowed here. `trouble` comes from the last key that was plugged in. */
  readonly keys: KeyStatus | undefined;
  readonly onNetwork: boolean;
  /** Of the sites that were opened last. */
  readonly silence: Silence | undefined;
  /** Where the documents of a session are stored. */
  readonly memory: MemoryUse;
  readonly audit: AuditResult | undefined;
  readonly version: string;
  readonly place: string;
  readonly kioskId: string;
  /** Number of démarches in the configuration. */
  readonly demarches: number;
}

export const statusLines = (machine: MachineState): readonly StatusLine[] => [
  printerLine(machine.printer),
  scannerLine(machine.scanner),
  machine.keys ? keysLine(machine.keys) : line('keys', 'none', 'Clés USB : ce lieu n’en permet pas.'),
  networkLine(machine),
  memoryLine(machine.memory),
  auditLine(machine.audit),
  line('version', 'none', `Version ${machine.version}`),
  line(
    'configuration',
    'none',
    `Configuration : ${machine.place}, ${machine.demarches} démarches, borne « ${machine.kioskId} ».`,
  ),
];

const line = (name: StatusLine['name'], state: StatusLine['state'], sentence: string): StatusLine => ({
  name,
  state,
  sentence,
});

/** No time: it would be the minute in which somebody opened a site. */
const networkLine = ({ onNetwork, silence }: MachineState): StatusLine => {
  const say = (how: StatusLine['state'], sentence: string): StatusLine => line('network', how, `Réseau : ${sentence}`);
  if (!onNetwork) return say('bad', 'la borne n’est sur aucun réseau. Vérifiez le câble ou le Wi-Fi.');
  if (silence === undefined) return say('good', 'la borne est branchée.');
  if (silence.intercepted)
    return say(
      'bad',
      'la borne est branchée, mais autre chose répond à la place des sites : peut-être un portail où s’identifier, ou une inspection du réseau que ce PC ne connaît pas. Prévenez le service informatique.',
    );
  return silence.several
    ? say(
        'bad',
        'la borne est branchée, mais internet ne répond pas. Ouvrez une démarche pour réessayer. Si rien ne vient, prévenez le service informatique.',
      )
    : say(
        'look',
        'la borne est branchée, mais le dernier site ouvert n’a pas répondu. Ouvrez une autre démarche pour voir si internet répond.',
      );
};

const NO_ANSWER = 'ne répond pas. Est-elle allumée et branchée ?';

const PRINTER_REASONS: Partial<Readonly<Record<string, string>>> = {
  'paper-out': 'plus de papier, remettez-en.',
  'paper-low': 'bientôt plus de papier, ou un bac vide.',
  'paper-wrong': 'ce n’est pas du papier A4.',
  'paper-by-hand': 'attend une feuille dans le passe-copie.',
  jam: 'une feuille est coincée.',
  'cover-open': 'le capot est ouvert.',
  'tray-missing': 'le bac à papier n’est pas en place.',
  'output-full': 'trop de feuilles à la sortie, retirez-les.',
  'output-missing': 'le bac de sortie n’est pas en place.',
  'toner-low': 'bientôt plus d’encre, préparez une cartouche.',
  'toner-empty': 'plus d’encre, changez la cartouche.',
  'waste-full': 'le récupérateur d’encre est plein.',
  offline: NO_ANSWER,
  paused:
    'en pause. Appuyez sur son bouton de reprise. S’il ne change rien, prévenez le service informatique (file d’impression arrêtée).',
};

const REFUSES = 'ne veut pas de ce document. Regardez son écran.';
const GAVE_UP = 'a abandonné. Regardez son écran.';
const IT_DEPARTMENT = 'Prévenez le service informatique.';

/** What the agent can do while it is away: a printer that answers has no loose cable. */
const AWAY: Readonly<Record<PrinterCode, string>> = {
  'printer.none': `la borne n’en trouve pas. ${IT_DEPARTMENT}`,
  'printer.unreachable': NO_ANSWER,
  'printer.slow': NO_ANSWER,
  'printer.cut': NO_ANSWER,
  'printer.garbage': `la borne ne comprend pas ses réponses. ${IT_DEPARTMENT}`,
  'printer.server-error':
    'a un problème. Éteignez-la, puis rallumez-la. Si rien ne change, prévenez le service informatique.',
  'printer.login-wanted': `demande un code ou un mot de passe. ${IT_DEPARTMENT}`,
  'printer.certificate-changed': `n’est pas celle que la borne connaît, qui ne lui envoie rien. ${IT_DEPARTMENT}`,
  'printer.not-accepting':
    'refuse les documents. Regardez son écran. S’il ne dit rien, prévenez le service informatique.',
  'printer.busy': 'occupée depuis dix minutes. Regardez son écran.',
  'printer.cannot': `ne lit aucun format de la borne. ${IT_DEPARTMENT}`,
  'printer.no-page-paper': 'n’a pas de feuilles A4. Remettez-en.',
  'printer.quota': `n’accepte plus de pages de cette borne. ${IT_DEPARTMENT}`,
  'printer.stuck': GAVE_UP,
  'printer.format-refused': REFUSES,
  'printer.pdf-refused': REFUSES,
  'printer.option-refused': REFUSES,
  'printer.too-large': REFUSES,
  'printer.unsure': NO_ANSWER,
  'printer.aborted': GAVE_UP,
  'printer.cancelled': GAVE_UP,
};

const printerLine = ({ state, reasons, code }: KioskState['printing']['printer']): StatusLine => {
  const known = reasons.map((reason) => PRINTER_REASONS[reason]).find((sentence) => sentence !== undefined);
  const say = (how: StatusLine['state'], sentence: string): StatusLine =>
    line('printer', how, `Imprimante : ${sentence}`);
  switch (state) {
    case 'none':
      return say('none', 'cette borne n’en a pas.');
    case 'unknown':
      return say('look', 'pas encore de nouvelles.');
    case 'away':
      return say('bad', `${code === null ? NO_ANSWER : AWAY[code]} (${code ?? 'sans code'})`);
    case 'stopped':
      return say('bad', known ?? `arrêtée. Regardez son écran. (${reasons.join(', ') || 'sans raison donnée'})`);
    // Many printers are still « processing » while they wait for paper.
    case 'busy':
      return known === undefined ? say('good', 'elle imprime.') : say('look', known);
    case 'ready':
      return known === undefined ? say('good', 'prête.') : say('look', known);
  }
};

const scannerLine = (scanner: KioskState['scanning']['scanner']): StatusLine => {
  switch (scanner.kind) {
    case 'ready':
      return line('scanner', 'good', 'Scanner : prêt.');
    case 'looking':
      return line('scanner', 'look', 'Scanner : la borne le cherche.');
    case 'off':
      return line('scanner', 'none', 'Scanner : cette borne n’en a pas.');
    case 'none':
      return line('scanner', 'bad', 'Scanner : aucun ne répond. Est-il allumé et branché ?');
  }
};

/** The state can't be queried without a key, so this is what the last key showed. */
const keysLine = ({ trouble, older }: KeyStatus): StatusLine => {
  switch (trouble) {
    case undefined:
      return older
        ? line(
            'keys',
            'look',
            'Clés USB : une clé est restée branchée. La borne ne l’ouvre pas. Retirez-la et gardez-la pour son propriétaire.',
          )
        : line('keys', 'good', 'Clés USB : permises.');
    case 'no-helper':
      return line(
        'keys',
        'bad',
        'Clés USB : la borne ne peut pas les ouvrir. Service informatique : le service udisks2 ne répond pas. (no-helper)',
      );
    case 'not-allowed':
      return line(
        'keys',
        'bad',
        'Clés USB : la borne n’a pas le droit de les ouvrir. Service informatique : la règle polkit de la borne n’est pas en place. (not-allowed)',
      );
  }
};

const memoryLine = (memory: MemoryUse): StatusLine => {
  switch (memory) {
    case 'used':
      return line('memory', 'good', 'Documents : chiffrés, en mémoire vive.');
    case 'missing':
      return line(
        'memory',
        'look',
        'Documents : chiffrés, mais sur le disque. La borne n’a pas trouvé de mémoire vive pour eux. Prévenez le service informatique.',
      );
    case 'full':
      return line(
        'memory',
        'look',
        'Documents : chiffrés, mais sur le disque. La mémoire vive était pleine au démarrage. Redémarrez le PC ; si cela revient, prévenez le service informatique.',
      );
  }
};

const auditLine = (audit: AuditResult | undefined): StatusLine => {
  if (audit === undefined) return line('reset', 'look', 'Remise à zéro : pas encore vérifiée.');
  return audit.clean
    ? line('reset', 'good', 'Dernière remise à zéro : vérifiée, rien ne reste.')
    : line(
        'reset',
        'bad',
        `Dernière remise à zéro : il reste quelque chose (${audit.fault}). La borne réessaie seule.`,
      );
};
