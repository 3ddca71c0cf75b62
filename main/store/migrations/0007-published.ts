/**
 * Published weeks get a table of their own: a week keeps its list from its first count on, so having a list no longer
 * means that it is published. Weeks without a count can be published too. Never edited after a release.
 */
import type { Migration } from '../migrate.ts';

export const published: Migration = {
  version: 7,
  sql: `
CREATE TABLE published (
  kiosk TEXT NOT NULL,
  week TEXT NOT NULL CHECK (week GLOB '[12][0-9][0-9][0-9]-W[0-5][0-9]' AND length(week) = 8),
  PRIMARY KEY (kiosk, week)
) STRICT, WITHOUT ROWID;
INSERT INTO published SELECT kiosk, week FROM weeks WHERE list IS NOT NULL;
`,
};
