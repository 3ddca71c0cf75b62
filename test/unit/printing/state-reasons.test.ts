import { describe, expect, it } from 'vitest';
import { printerReasons } from '../../../main/contract/printer-reasons.ts';
import { printerCodes } from '../../../main/contract/printing.ts';
import { endOf, readJob, reasonsFor, stageOf, statusOf } from '../../../main/devices/ipp/job-state.ts';
import { knownKeywords, reasonOf, reasonsOf } from '../../../main/devices/ipp/state-reasons.ts';
import { printerFaultRetry } from '../../../main/devices/printer.ts';
import { codeText, reasonText } from '../../../renderer/features/printing/reason-text.ts';

describe('what a printer reports', () => {
  it('has a reason, a sentence in each language and a picture for every keyword it knows', () => {
    expect(knownKeywords.length).toBeGreaterThan(60);
    for (const keyword of knownKeywords) {
      const reason = reasonOf(keyword);
      if (reason === undefined) throw new Error(`${keyword} means nothing`);
      expect(printerReasons[reason].picture).toBeTruthy();
      for (const language of ['fr', 'simple', 'en'] as const) {
        expect(reasonText[reason].title.textIn(language)).toBeTruthy();
        expect(reasonText[reason].text.textIn(language)).toBeTruthy();
      }
    }
  });

  it('names the same failures on both sides of the contract', () => {
    expect([...printerCodes].sort()).toEqual(Object.keys(printerFaultRetry).sort());
    for (const code of printerCodes) expect(codeText[code].title.textIn('fr')).toBeTruthy();
  });

  it.each([
    ['media-empty-error', 'paper-out'],
    ['media-empty-warning', 'paper-out'],
    ['media-jam', 'jam'],
    ['output-area-full-error', 'output-full'],
    ['toner-low-report', 'toner-low'],
    ['other-error', 'service'],
  ])('understands %s', (keyword, reason) => expect(reasonOf(keyword)).toBe(reason));

  it.each(['none', 'other-warning', 'com.vendor.moon-phase-error', ''])('makes nothing of %s', (keyword) => {
    expect(reasonOf(keyword)).toBeUndefined();
  });

  it('reports each reason once', () => {
    expect(reasonsOf(['media-empty-error', 'media-needed', 'none'])).toEqual(['paper-out']);
  });

  it('reports "paused" for a printer stopped without a reason', () => {
    expect(statusOf({ 'printer-state': ['stopped'], 'printer-state-reasons': ['none'] })).toMatchObject({
      state: 'stopped',
      reasons: ['paused'],
    });
  });

  it('lists first what stops the printer', () => {
    const status = statusOf({
      'printer-state': ['stopped'],
      'printer-state-reasons': ['toner-low-warning', 'media-jam-error'],
    });
    const job = readJob({ 'job-state': ['processing'] }, false);
    expect(reasonsFor(job, status)).toEqual(['jam', 'toner-low']);
    expect(stageOf(job, status)).toBe('stopped');
  });

  it.each([
    ['idle', 'ready'],
    ['processing', 'busy'],
  ])('is no stop while it is %s: the reason may be that of a second tray', (told, state) => {
    const group = { 'printer-state': [told], 'printer-state-reasons': ['media-empty-warning', 'spool-area-full'] };
    expect(statusOf(group)).toMatchObject({ state, reasons: ['paper-out', 'memory-full'] });
  });
});

describe('what came out', () => {
  const job = (state: string, counts: Record<string, number>, twoSided = false) =>
    readJob(
      { 'job-state': [state], ...Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, [n]])) },
      twoSided,
    );

  it('counts sides of paper, from what the printer counts', () => {
    expect(job('processing', { 'job-impressions-completed': 3, 'job-media-sheets-completed': 2 }).counted).toBe(3);
    expect(job('processing', { 'job-media-sheets-completed': 2 }, true).counted).toBe(4);
    expect(job('processing', { 'job-impressions-completed': 0, 'job-media-sheets-completed': 2 }).counted).toBe(2);
    expect(job('processing', {}).counted).toBeUndefined();
  });

  it('is done when completed, unconfirmed when completed with nothing counted', () => {
    expect(endOf(job('completed', { 'job-impressions-completed': 2 }))).toEqual({ kind: 'done' });
    expect(endOf(job('completed', { 'job-impressions-completed': 0 }))).toEqual({ kind: 'unconfirmed' });
    expect(endOf(job('completed', {}))).toEqual({ kind: 'done' });
    expect(endOf(job('processing', { 'job-impressions-completed': 2 }))).toBeUndefined();
  });

  it('tells a document that the printer can not read from a printer that gave up', () => {
    const unreadable = readJob({ 'job-state': ['aborted'], 'job-state-reasons': ['document-format-error'] }, false);
    expect(endOf(unreadable)).toMatchObject({ fault: { code: 'printer.format-refused', retry: 'never' } });
    expect(endOf(job('aborted', {}))).toMatchObject({ fault: { code: 'printer.aborted', retry: 'now' } });
  });

  it.each([
    ['account-authorization-failed', 'printer.login-wanted'],
    ['account-info-needed', 'printer.login-wanted'],
    ['account-limit-reached', 'printer.quota'],
    ['document-format-error', 'printer.format-refused'],
  ])('takes %s for the reason, whether the printer aborted the job or cancelled it', (reason, code) => {
    for (const state of ['aborted', 'canceled']) {
      const dropped = readJob({ 'job-state': [state], 'job-state-reasons': ['aborted-by-system', reason] }, false);
      expect(endOf(dropped)).toMatchObject({ kind: 'failed', fault: { code } });
    }
  });
});
