/**
 * The pairs that may be counted move into a table, refreshed from the catalogue of measures when the file is opened
 * (`allowed-pairs.ts`), so a new counter needs no migration any more. The checks here only constrain the form of a key,
 * so that no sentence, address or number with spaces can get into this table either. Never edited after a release.
 */
import type { Migration } from '../migrate.ts';

export const pairs: Migration = {
  version: 5,
  sql: `
CREATE TABLE pairs (
  measure TEXT NOT NULL CHECK (measure GLOB '[a-z]*' AND measure NOT GLOB '*[^a-z.-]*' AND length(measure) <= 40),
  key TEXT NOT NULL CHECK (key NOT GLOB '*[^a-z0-9./-]*' AND length(key) <= 82),
  listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
  PRIMARY KEY (measure, key)
) STRICT, WITHOUT ROWID;
INSERT INTO pairs SELECT DISTINCT measure, key, 0 FROM counts;

CREATE TABLE counts_next (
  kiosk TEXT NOT NULL CHECK (kiosk GLOB '[a-z0-9]*' AND kiosk NOT GLOB '*[^a-z0-9-]*' AND length(kiosk) <= 60),
  week TEXT NOT NULL CHECK (week GLOB '[12][0-9][0-9][0-9]-W[0-5][0-9]' AND length(week) = 8),
  measure TEXT NOT NULL,
  key TEXT NOT NULL,
  n INTEGER NOT NULL CHECK (n > 0),
  PRIMARY KEY (kiosk, week, measure, key),
  FOREIGN KEY (measure, key) REFERENCES pairs (measure, key)
) STRICT, WITHOUT ROWID;
INSERT INTO counts_next SELECT kiosk, week, measure, key, n FROM counts;
DROP TABLE counts;
ALTER TABLE counts_next RENAME TO counts;
`,
};
