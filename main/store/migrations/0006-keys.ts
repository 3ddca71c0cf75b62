/**
 * Each count gets the sum of its random keys. Each week gets a secret for its zero cells and the list that it was
 * published with. Counts can wait in their own table until the clock is right. The sum of any number of uniform keys is
 * itself uniform, so one draw stands for all earlier increments of a count. Never edited after a release.
 */
import type { Migration } from '../migrate.ts';

export const keys: Migration = {
  version: 6,
  sql: `
CREATE TABLE counts_next (
  kiosk TEXT NOT NULL CHECK (kiosk GLOB '[a-z0-9]*' AND kiosk NOT GLOB '*[^a-z0-9-]*' AND length(kiosk) <= 60),
  week TEXT NOT NULL CHECK (week GLOB '[12][0-9][0-9][0-9]-W[0-5][0-9]' AND length(week) = 8),
  measure TEXT NOT NULL,
  key TEXT NOT NULL,
  n INTEGER NOT NULL CHECK (n > 0),
  key_sum INTEGER NOT NULL CHECK (key_sum BETWEEN 0 AND 4294967295),
  PRIMARY KEY (kiosk, week, measure, key),
  FOREIGN KEY (measure, key) REFERENCES pairs (measure, key)
) STRICT, WITHOUT ROWID;
INSERT INTO counts_next SELECT kiosk, week, measure, key, n, random() & 4294967295 FROM counts;
DROP TABLE counts;
ALTER TABLE counts_next RENAME TO counts;

CREATE TABLE lists (
  id INTEGER PRIMARY KEY,
  made_with TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE weeks (
  kiosk TEXT NOT NULL,
  week TEXT NOT NULL CHECK (week GLOB '[12][0-9][0-9][0-9]-W[0-5][0-9]' AND length(week) = 8),
  secret TEXT NOT NULL CHECK (length(secret) = 32 AND secret NOT GLOB '*[^0-9a-f]*'),
  list INTEGER REFERENCES lists (id),
  PRIMARY KEY (kiosk, week)
) STRICT, WITHOUT ROWID;
INSERT INTO weeks SELECT kiosk, week, lower(hex(randomblob(16))), NULL FROM (SELECT DISTINCT kiosk, week FROM counts);

CREATE TABLE waiting (
  kiosk TEXT NOT NULL,
  measure TEXT NOT NULL,
  key TEXT NOT NULL,
  n INTEGER NOT NULL CHECK (n > 0),
  key_sum INTEGER NOT NULL CHECK (key_sum BETWEEN 0 AND 4294967295),
  PRIMARY KEY (kiosk, measure, key),
  FOREIGN KEY (measure, key) REFERENCES pairs (measure, key)
) STRICT, WITHOUT ROWID;
`,
};
