/** The counters. Never edited after a release: what changes later is in the next migrations. */
import type { Migration } from '../migrate.ts';

export const counts: Migration = {
  version: 1,
  sql: `
CREATE TABLE counts (
  kiosk TEXT NOT NULL CHECK (kiosk GLOB '[a-z0-9]*' AND kiosk NOT GLOB '*[^a-z0-9-]*' AND length(kiosk) <= 60),
  week TEXT NOT NULL CHECK (week GLOB '[12][0-9][0-9][0-9]-W[0-5][0-9]' AND length(week) = 8),
  measure TEXT NOT NULL,
  key TEXT NOT NULL,
  n INTEGER NOT NULL CHECK (n > 0),
  PRIMARY KEY (kiosk, week, measure, key),
  CHECK (
    (measure = 'session' AND key = '')
    OR (measure = 'session.end' AND key IN ('button', 'quiet', 'time-over', 'woken', 'broken', 'agent'))
    OR (measure = 'session.half-day' AND key IN ('mon-am', 'mon-pm', 'tue-am', 'tue-pm', 'wed-am', 'wed-pm', 'thu-am', 'thu-pm', 'fri-am', 'fri-pm', 'sat-am', 'sat-pm', 'sun-am', 'sun-pm', 'unknown'))
    OR (measure = 'session.duration' AND key IN ('under-2', '2-5', '5-15', '15-30', '30-60', 'over-60'))
    OR (measure = 'session.helped' AND key IN ('yes', 'no'))
    OR (measure = 'session.language' AND key IN ('fr', 'simple', 'en'))
    OR (measure = 'session.text-size' AND key IN ('normal', 'large', 'larger', 'largest'))
    OR (measure = 'theme.chosen' AND key IN ('papiers', 'social', 'sante', 'travail', 'logement', 'transports', 'impots', 'famille', 'apprendre', 'search'))
    OR (measure = 'demarche.opened' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9.-]*' AND length(key) <= 80)
    OR (measure = 'demarche.finished' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9.-]*' AND length(key) <= 80)
    OR (measure = 'demarche.left-at-step' AND key GLOB '[a-z0-9]*/[0-9]' AND key NOT GLOB '*[^a-z0-9/-]*' AND key NOT GLOB '*/*/*' AND length(key) <= 82)
    OR (measure = 'pages.printed' AND key = '')
    OR (measure = 'pages.scanned' AND key = '')
    OR (measure = 'documents.attached' AND key = '')
    OR (measure = 'documents.downloaded' AND key = '')
    OR (measure = 'documents.kept' AND key = '')
    OR (measure = 'tutorial.opened' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9.-]*' AND length(key) <= 80)
    OR (measure = 'tutorial.finished' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9.-]*' AND length(key) <= 80)
    OR (measure = 'place.viewed' AND key = '')
    OR (measure = 'place.printed' AND key = '')
    OR (measure = 'help.asked' AND key IN ('welcome', 'choice', 'sheet', 'site', 'printing', 'scanning', 'documents', 'other'))
    OR (measure = 'browsing.blocked' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9.-]*' AND length(key) <= 80)
    OR (measure = 'browsing.blocked-domain' AND key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9.-]*' AND length(key) <= 80)
    OR (measure = 'reset.proven' AND key = '')
    OR (measure = 'reset.fault' AND key IN ('guest', 'vault', 'uploads', 'print-jobs', 'scans', 'clipboard', 'screens', 'usb', 'other'))
    OR (measure = 'service.out' AND key IN ('agent', 'printer', 'network', 'reset'))
  )
) STRICT, WITHOUT ROWID;

CREATE TABLE life (
  kiosk TEXT NOT NULL PRIMARY KEY,
  started_in TEXT NOT NULL,
  kept_from TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
