/** The page of all sites. Their counts and keys are added up, and the sum gets its own noise. */
import type { Figure, Report, ReportTable } from '../../contract/usage.ts';
import type { Folder, SiteInFolder } from './bundle-folder.ts';
import type { FolderProblem } from './folder-part.ts';
import { placeTypes, type PlaceType } from './bundle.ts';
import {
  lastYear,
  moreWeeksIn,
  periodOf,
  previousPeriod,
  shiftWeek,
  weeksOf,
  type Period,
  type Week,
} from './iso-week.ts';
import { allowedCells, withSeen, type KnownKeys } from './known-keys.ts';
import { number, periodTitle, shownText } from './labels.ts';
import { halfDays } from '../../measures/half-days.ts';
import { AddedCells, type Cell, type WeekCells } from './cells.ts';
import { OF_EACH_SITE } from './each-site.ts';
import { SURE_FROM } from './noise.ts';
import { isCardFault, isRefusal } from './read-bundle.ts';
import { isFew, publish, type SiteFigures, type WeekList } from './publish.ts';
import { figuresOf, headlineOf, stuckOf, tablesOf, type Figures } from './report.ts';
import { comparable } from './rules.ts';
import { addShown, HIDDEN, isNumber, suppressed, type Shown } from './shown.ts';
import { advise, method, sentencesFor } from './words.ts';

export interface DepartementInput {
  readonly folder: Folder;
  readonly period: Period;
  readonly known: KnownKeys;
  readonly name: string;
  readonly threshold: number;
}

export interface SiteLine {
  readonly kiosk: string;
  readonly place: string;
  readonly placeType: PlaceType;
  readonly helped: Figure;
  readonly sessions: Figure;
  /** The number of weeks of the period that the site has not sent. */
  readonly silentWeeks: number;
}

export interface DepartementReport {
  readonly report: Report;
  /** The figures of all sites together; undefined when no site sent anything for the period. */
  readonly figures: Figures | undefined;
  /** The keys that have a line of their own. */
  readonly listed: KnownKeys;
  readonly sites: readonly SiteLine[];
  readonly problems: readonly { readonly name: string; readonly sentence: string; readonly refused: boolean }[];
}

const HELPED = OF_EACH_SITE[1];

const TYPE_NAMES: Readonly<Record<PlaceType, string>> = {
  msd: 'Maisons des solidarités',
  mediatheque: 'Médiathèques',
  'france-services': 'France services',
  autre: 'Autres lieux',
};

export const PROBLEMS: Readonly<Record<FolderProblem['fault'], string>> = {
  cut: 'coupé ou incomplet : pas compté',
  'not-ours': 'ce n’est pas un fichier de chiffres : pas compté',
  'newer-version': 'écrit par une version plus récente du programme : pas compté, mettez ce poste à jour',
  'unknown-kiosk': 'borne inconnue du registre : pas compté',
  'no-key': 'aucune clé de cette borne ne vaut pour cette semaine : pas compté',
  'not-sealed': 'fermé avec une autre clé que celle du Département : pas compté',
  'not-a-file': 'ce n’est pas un fichier ordinaire : pas lu',
  'too-large': 'bien trop gros pour une semaine de chiffres : pas lu',
  altered: 'modifié, ou signé avec une clé que le registre ne connaît pas : pas compté',
  'other-key': 'signé avec une autre clé que celle du registre pour cette semaine : pas compté',
  'wrong-kiosk': 'le nom du fichier et son contenu ne disent pas la même borne ou la même semaine : pas compté',
  twice: 'présent deux fois, identique : compté une fois',
  'twice-different': 'deux fichiers différents pour la même semaine : aucun n’est compté',
  'not-a-bundle': 'autre fichier : ignoré',
  'wrong-name': 'son nom ne dit pas une borne et une semaine possibles : pas compté',
  'card-other-key':
    'cette fiche a une autre clé que celle du registre : pas crue, comparez sa fin à celle que montre la borne',
  'card-unknown-kiosk': 'fiche d’une borne inconnue du registre : pas crue',
  'card-unreadable': 'ce n’est pas la fiche de cette borne : pas crue',
  unreadable: 'illisible : pas compté',
  'not-a-batch': 'ce fichier du magasin est abîmé, ou n’a pas été écrit par « collect » : pas compté',
};

/** A week comes without the list that it was counted with (see README). */
const STEP_NAMES =
  'Les étapes sont nommées d’après les guides de ce poste\u00a0: si un guide a changé, le même numéro a pu être une autre étape.';

interface Added {
  readonly figures: Figures;
  readonly bySite: ReadonlyMap<string, Figures>;
  readonly byType: ReadonlyMap<PlaceType, Shown>;
}

/** The sites with a week in the period. */
const sitesIn = (sites: readonly SiteInFolder[], period: Period): readonly SiteInFolder[] => {
  const weeks = weeksOf(period);
  const to = weeks.at(-1) ?? '';
  return sites.filter((site) => site.startedIn <= to && weeks.some((week) => site.weeks.has(week)));
};

const sumOf = (sites: readonly SiteFigures[]): ReadonlyMap<Week, WeekCells> => {
  const weeks = new Set(sites.flatMap((site) => [...site.weeks.keys()]));
  return new Map(
    [...weeks].map((week) => [
      week,
      new AddedCells(sites.flatMap((site) => (week >= site.startedIn ? (site.weeks.get(week) ?? []) : []))),
    ]),
  );
};

/** Combines many sites into one whose weeks are the sums of theirs. */
export const addedSite = (
  sites: readonly SiteFigures[],
  sum: ReadonlyMap<Week, WeekCells> = sumOf(sites),
): SiteFigures | undefined => {
  const [first] = sites;
  if (!first) return undefined;
  const least = (of: (site: SiteFigures) => Week): Week => sites.map(of).reduce((a, b) => (b < a ? b : a));
  return {
    weeks: sum,
    startedIn: least((site) => site.startedIn),
    keptFrom: least((site) => site.keptFrom),
    awaited: new Set(sites.flatMap((site) => [...(site.awaited ?? [])])),
    current: first.current,
    halfDaysOver: 0,
    listOf: first.listOf,
  };
};

const addSites = (
  input: DepartementInput,
  period: Period,
  each: readonly OwnFigures[],
  known: KnownKeys,
): Added | undefined => {
  const { threshold } = input;
  const figures = sumFigures(input, period, each, known);
  if (!figures) return undefined;
  const shownBySite = new Map(
    each.map(({ site, own }) => [site.kiosk, site.shown?.(period) ?? publish(own, period, OF_EACH_SITE)]),
  );
  const bySite = new Map(
    [...shownBySite].map(([kiosk, shown]): [string, Figures] => [
      kiosk,
      new Map([...shown].map(([cell, one]) => [cell, suppressed(one, threshold)])),
    ]),
  );
  const helped = (type: PlaceType): Shown | undefined => {
    const some = each.filter(({ site }) => site.placeType === type);
    if (isFew(some.length)) return addShown(some.map(({ site }) => shownBySite.get(site.kiosk)?.get(HELPED)));
    const added = addedSite(
      some.map(({ own }) => own),
      input.folder.sumOfType?.get(type),
    );
    return added && publish(added, period, [HELPED]).get(HELPED);
  };
  const byType = new Map(
    placeTypes.flatMap((type) => {
      const shown = helped(type);
      return shown ? [[type, suppressed(shown, threshold)] as const] : [];
    }),
  );
  return { figures, bySite, byType };
};

interface OwnFigures {
  readonly site: SiteInFolder;
  readonly own: SiteFigures;
}

const ownFigures = (period: Period, sites: readonly SiteInFolder[], known: KnownKeys): readonly OwnFigures[] => {
  const weeks = weeksOf(period);
  const today: WeekList = { known, openHalfDays: halfDays };
  return sitesIn(sites, period).map((site) => ({ site, own: site.figures(weeks, today) }));
};

/** The figures of all sites together. For a period that is only compared with, nothing else is needed. */
const sumFigures = (
  { folder, threshold }: DepartementInput,
  period: Period,
  each: readonly OwnFigures[],
  known: KnownKeys,
): Figures | undefined => {
  const owns = each.map(({ own }) => own);
  const all = addedSite(owns, folder.sum);
  return all && figuresOf({ site: all, known, threshold, sites: folder.hasAllCounts ? owns : [] }, period);
};

const byType = (input: DepartementInput, now: Added): ReportTable => ({
  measure: 'site.type',
  title: 'Par genre de lieu, personnes aidées',
  unit: 'sessions',
  chart: 'bars',
  quiet: 0,
  rows: placeTypes.flatMap((type) => {
    const sites = input.folder.sites.filter((site) => site.placeType === type && now.bySite.has(site.kiosk));
    if (sites.length === 0) return [];
    const shown = now.byType.get(type) ?? HIDDEN;
    const each = isNumber(shown) ? `, ${number(Math.round(shown.n / sites.length))} par lieu` : '';
    return [
      {
        key: type,
        label: `${TYPE_NAMES[type]} (${sites.length}${each})`,
        now: shown,
        before: null,
        lastYear: null,
      },
    ];
  }),
});

export const buildDepartement = (input: DepartementInput): DepartementReport => {
  const { folder, period, threshold } = input;
  const known = withSeen(input.known, folder.cells);
  const latest = folder.latest ?? ('0000-W01' as Week);
  const own = ownFigures(period, folder.sites, known);
  const now = addSites(input, period, own, known);
  // Compare only when exactly the same sites sent all weeks of both periods: a new site must not look like progress, a
  // missing week not like a decline, and the same week added up over other sites would draw their noise a second time.
  const here = [...(now?.bySite.keys() ?? [])].join();
  const isComplete = (each: readonly OwnFigures[]): boolean => each.every(({ own }) => !own.awaited?.size);
  const isNowComplete = isComplete(own);
  const same = (other: Period): Figures | undefined => {
    if (!isNowComplete) return undefined;
    const each = ownFigures(other, folder.sites, known);
    const isSame = each.map(({ site }) => site.kiosk).join() === here && isComplete(each);
    return isSame ? comparable(now?.figures, sumFigures(input, other, each, known)) : undefined;
  };
  const addedSites = folder.hasAllCounts && isFew(now?.bySite.size ?? 0) ? (now?.bySite.size ?? 1) : 1;
  const before = same(previousPeriod(period));
  const year = period.kind === 'year' ? before : same(lastYear(period));
  const underWay = (weeksOf(period).at(-1) ?? '') > latest;
  const isComparable = !underWay && moreWeeksIn(previousPeriod(period), period) === 0;
  const listed = now ? withSeen(input.known, sureCells(now.figures, addedSites)) : input.known;
  const named = allowedCells(listed);
  const told = now && new Map([...now.figures].filter(([cell]) => named.has(cell)));
  const tables = now && told ? [byType(input, now), ...tablesOf(told, before, year, listed, false)] : [];
  const context = {
    period,
    underWay,
    threshold,
    now: told,
    before,
    year,
    known,
    knownBefore: known,
    service: null,
    addedSites,
    absent: now ? null : ('future' as const),
  };
  const stuck = stuckOf(told, known);
  const due = weeksOf(period).filter((week) => week <= latest);
  const lines = folder.sites.map((site): SiteLine => {
    const figures = now?.bySite.get(site.kiosk);
    return {
      kiosk: site.kiosk,
      place: site.place,
      placeType: site.placeType,
      helped: figures?.get('session.helped|yes') ?? HIDDEN,
      sessions: figures?.get('session') ?? HIDDEN,
      silentWeeks: site.silentIn(due),
    };
  });
  return {
    report: {
      period: { kind: period.kind, id: period.id },
      title: periodTitle(period),
      place: input.name,
      underWay,
      threshold,
      sentences: now
        ? [
            ...sentencesFor(context),
            ...(stuck.length > 0 ? [STEP_NAMES] : []),
            ...aboutSites(folder, lines, now, threshold),
          ]
        : ['Aucun site n’a envoyé de chiffres pour cette période.'],
      method: method(addedSites),
      trend: { weeks: [], sentence: '' },
      stuck,
      advice: now ? advise(context) : [],
      notices: notices(input, lines),
      headline: headlineOf(told, isComparable ? before : undefined, period.kind, addedSites),
      tables,
      previous: previousPeriod(period).id,
      next: periodOf(period.kind, shiftWeek(weeksOf(period).at(-1) as Week, 1)).id,
    },
    figures: told,
    listed,
    sites: lines,
    problems: folder.problems.map(({ name, fault }) => ({
      name,
      sentence: PROBLEMS[fault],
      refused: isRefusal(fault),
    })),
  };
};

/**
 * The cells that are certainly not zero. The figures hold the keys that some site counted, also those that this
 * configuration lacks: a line for any other of them would tell that somebody was counted there, which its small number
 * hides. Each of a few sites may show 2 for nobody.
 */
const sureCells = (figures: Figures, addedSites: number): readonly Cell[] =>
  [...figures].flatMap(([cell, shown]) => (isNumber(shown) && shown.n > (SURE_FROM - 1) * addedSites ? [cell] : []));

const aboutSites = (folder: Folder, lines: readonly SiteLine[], now: Added, threshold: number): readonly string[] => {
  const best = lines.filter((line) => isNumber(line.helped)).sort((a, b) => n(b.helped) - n(a.helped))[0];
  const hides = lines.some((line) => isNumber(line.sessions) && line.helped.kind === 'hidden');
  return [
    `${now.bySite.size} lieux sur ${folder.sites.length} ont envoyé leurs chiffres.`,
    ...(isFew(now.bySite.size) && hides
      ? ['Le détail ne compte pas les lieux où il est venu trop peu de monde pour le montrer.']
      : []),
    ...(best ? [`Le plus de personnes aidées\u00a0: ${best.place} (${shownText(best.helped, threshold)}).`] : []),
  ];
};
const n = (shown: Shown): number => (isNumber(shown) ? shown.n : 0);

const notices = ({ folder, period }: DepartementInput, lines: readonly SiteLine[]): readonly string[] => {
  const silent = lines.filter((line) => line.silentWeeks > 0);
  const cards = folder.problems.filter(({ fault }) => isCardFault(fault));
  const wrong = folder.problems.filter(({ fault }) => fault !== 'not-a-bundle' && !isCardFault(fault));
  const weeks = weeksOf(period);
  const late = folder.sites.filter((site) => site.late.some((week) => weeks.includes(week)));
  return [
    ...(silent.length > 0 ? [`Sans nouvelles de\u00a0: ${some(silent.map((line) => line.place))}.`] : []),
    ...(late.length > 0 ? [`Chiffres arrivés en retard\u00a0: ${some(late.map((site) => site.place))}.`] : []),
    ...(cards.length > 0 ? [`Fiches de bornes à vérifier\u00a0: ${some(cards.map(({ name }) => name))}.`] : []),
    ...(wrong.length > 0 ? [`${wrong.length} fichier(s) avec un défaut\u00a0: voyez la liste.`] : []),
  ];
};
const some = (names: readonly string[]): string =>
  names.length <= 6 ? names.join(', ') : `${names.slice(0, 6).join(', ')} et ${names.length - 6} autres`;
