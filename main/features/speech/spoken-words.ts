/**
 * What espeak-ng says wrong, written so that it says it right. Tried on the abbreviations, times and numbers of the
 * guides: « APL » was read as an English word, « CCAS » as « ka », « 16 h 30 » as « seize hache trente ».
 */

/** As whole words. */
const anyOf = (words: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'gu');

/** Said letter by letter, which espeak-ng reads as words. */
const SPELLED = anyOf(
  (
    'AAH ACS ADMR AEEH AESH ALD ALF ALS AME ANTS APA APL ARE ARS ASE ASF ASI ASS ASSR AST AVPF CCAS CESF CIAS CMI CMU ' +
    'CNI CNSA CPAM CPE DPE DSE ENT IJ INE ISE IVG MDA MSA PMI RSA RUM SSIAD UFC USB VAE VIH'
  ).split(' '),
);

const SAID_AS: Readonly<Record<string, string>> = {
  Ameli: 'améli',
  ameli: 'améli',
  'au scanner': 'au scannère',
  Bizeneuille: 'Bizneuille',
  Brugheas: 'Bruguéas',
  Carsat: 'carsate',
  CARSAT: 'carsate',
  CNED: 'cnède',
  'code PIN': 'code pine', // « rue du Pin » in capitals is no code
  dos: 'dô',
  'du scanner': 'du scannère',
  'E-mail': 'imèle',
  'e-mail': 'imèle',
  'E-mails': 'imèles',
  'e-mails': 'imèles',
  Ehpad: 'épade',
  EHPAD: 'épade',
  ESAT: 'ésate',
  IBAN: 'ibane',
  Insee: 'inssé',
  INSEE: 'inssé',
  'le scanner': 'le scannère',
  Nizerolles: 'Nizérolles',
  Pacs: 'pacse',
  PACS: 'pacse',
  Theil: 'Teil',
  Theneuille: 'Teneuille',
  Thionne: 'Tyonne',
  ULIS: 'ulisse',
  Yzeure: 'Izeure',
};
const NAMED = anyOf(Object.keys(SAID_AS));

/** « Commentry », « Neuilly »: an English voice takes over for names that end like this. */
const NAME_IN_Y = /(?<!\p{L})(\p{Lu}\p{Ll}{0,30}[bcdfghjklmnpqrstvwxz])y(?!\p{L})/gu;

/** « 16 h 30 », « 9h ». */
const TIME = /(?<![\p{L}\p{N}])(\d{1,2})\s?[hH](?:\s?(\d{2})(?:\s?min)?)?(?![\p{L}\p{N}])/gu;
const MINUTES = /(?<=\d)\s?min(?![\p{L}\p{N}])/gu;

/** « 1 page » is « une page »; « 21 heures » is « vingt-et-une heures ». Larger numbers are left as they are. */
const FEMININE =
  /(?<![\p{N},.]\s?)([2-6]?1)\s(?=(?:année|copie|démarche|étape|feuille|heure|minute|page|personne|pièce|question|réponse|seconde|semaine)s?(?![\p{L}]))/gu;

/** « 0 806 70 43 63 » would be one number of thousands. */
const SPECIAL_NUMBER = /(?<!\d\s?)0\s8\d\d(?:\s\d{2,3}){2,3}(?!\s?\d)/gu;

/** The end of « service-public.gouv.fr »: the point is not said. */
const DOMAIN = /(?<=[\p{L}\p{N}])\.(gouv|com|fr|org|net|eu|info)(?![\p{L}\p{N}-])/gu;

/** Not a letter of initials: « M.D.P.H. », « H.L.M. Moulins ». */
const MONSIEUR = /(?<![\p{L}.])M\.(?:\s+(?=\p{Lu}|l[ea]\s|l[’'])|(?=\p{Lu}(?!\.)))/gu;

const spelled = (letters: string): string => [...letters].join(' ');

const feminine = (digits: string): string => (digits === '1' ? 'une ' : `${Number(digits) - 1} et une `);

/** Pure. Leaves everything else as it is. */
export const spokenFrench = (line: string): string =>
  line
    .replace(TIME, (_time, hours: string, minutes: string | undefined) =>
      [
        `${Number(hours)} ${Number(hours) < 2 ? 'heure' : 'heures'}`,
        ...(minutes === undefined || minutes === '00' ? [] : [minutes]),
      ].join(' '),
    )
    .replace(MINUTES, ' minutes')
    .replace(FEMININE, (_number, digits: string) => feminine(digits))
    .replace(SPECIAL_NUMBER, (number) => number.replace(/\s/gu, ', '))
    .replace(NAMED, (name) => SAID_AS[name] ?? name)
    .replace(NAME_IN_Y, '$1i')
    .replace(DOMAIN, (_end, name: string) => ` point ${name === 'fr' ? 'F R' : name}`)
    .replace(SPELLED, spelled)
    .replace(MONSIEUR, 'Monsieur ') // the voice would say the letter
    .replace(/\b[nN][°º]\s*/gu, 'numéro ');

/** French abbreviations stay in texts in other languages. */
export const spokenForeign = (line: string): string => line.replace(SPELLED, spelled);
