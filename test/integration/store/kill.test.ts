/**
 * kill -9 at random moments while sessions are added. Long version: `KILLS=500 npx vitest run
 * test/integration/store/kill.test.ts`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it } from 'vitest';

const KILLS = Number(process.env['KILLS'] ?? 12);
const child = join(import.meta.dirname, 'add-until-killed.ts');

/**
 * Kills the program a moment after it has reported so many commits: on a slow disk, it may commit nothing in that
 * moment. Returns how many it had reported before it died.
 */
const runAndKill = (file: string, commits: number, afterMs: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [child, file], { stdio: ['ignore', 'pipe', 'pipe'] });
    let reported = '';
    const committed = (): number => reported.split('+').length - 1;
    let errors = '';
    let armed = false;
    running.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    running.stdout.on('data', (chunk: Buffer) => {
      reported += chunk.toString();
      if (armed || !reported.includes('ready') || committed() < commits) return;
      armed = true;
      setTimeout(() => running.kill('SIGKILL'), afterMs);
    });
    running.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(committed());
      else reject(new Error(errors));
    });
  });

it(`keeps every committed session, once, through ${KILLS} kills`, { timeout: 60_000 + KILLS * 4_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kill-'));
  try {
    const file = join(folder, 'figures.db');
    let least = 0;
    let most = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Every second time at once, so that a kill may come before the first commit too.
      const reported = await runAndKill(file, kill % 2 === 0 ? 3 : 0, Math.random() * 60);
      least += reported;
      most += reported + 1; // a commit whose report was cut off by the kill
      const db = new SqliteDatabase(file);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      const n = (measure: string): number =>
        (db.prepare('SELECT n FROM counts WHERE measure = ?').get(measure) as { n: number } | undefined)?.n ?? 0;
      const sessions = n('session');
      expect(sessions).toBeGreaterThanOrEqual(least);
      expect(sessions).toBeLessThanOrEqual(most);
      // No session is stored by half.
      expect([n('session.end'), n('session.helped'), n('pages.printed')]).toEqual([sessions, sessions, sessions * 3]);
      db.close();
      least = sessions;
      most = sessions;
    }
    expect(least).toBeGreaterThan(KILLS);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
