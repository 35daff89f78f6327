import { describe, expect, it } from 'vitest';
import type { JobProblem } from '#shared/model/capture';
import {
  captureFacts,
  captureTroubles,
  jobFacts,
  jobTitle,
} from '../../../../src/renderer/src/text/captureWords';
import { capture, job } from '../rowsOfCaptures';
import { speak } from './speak';

const en = speak('en');
const zh = speak('zh-CN');

describe('an opened capture', () => {
  it('is told by its span and what is in it', () => {
    const said = captureFacts(en, capture(1));
    expect(said).toContain('1 machine · 2 connections · 1,234 entries');
    // One day: the date is said once.
    expect(said.match(/2026/g)).toHaveLength(1);
  });

  it('over several days names both', () => {
    const said = captureFacts(en, capture(1, { to: Date.UTC(2026, 10, 26, 10) }));
    expect(said.match(/2026/g)).toHaveLength(2);
  });

  it('without entries says so instead of noughts', () => {
    expect(captureFacts(en, capture(1, { entries: 0, from: null, to: null }))).toMatch(/^Nothing/);
  });

  it('has no troubles when all of it was read', () => {
    expect(captureTroubles(en, capture(1, { passedOver: { notIp: 0 } }))).toEqual([]);
  });

  it('says what was not read, a reason without words under its own name', () => {
    const read = capture(1, {
      isCutOff: true,
      isDamaged: true,
      passedOver: { notIp: 1, fragment: 1_200, strange: 3 },
    });
    const said = captureTroubles(en, read);
    expect(said).toHaveLength(3);
    expect(said[2]).toBe(
      'Passed over: 1 packet that is not IP, 1,200 later parts of split packets, 3 more (strange).',
    );
    expect(captureTroubles(zh, read)[2]).toContain('1,200 个 IP 分片');
  });
});

describe('a job', () => {
  it('says how far it has come', () => {
    expect(jobTitle(en, job(1))).toBe('Reading lobby.pcapng');
    expect(jobFacts(en, job(1))).toBe(`${en.bytes(1_000_000)} of ${en.bytes(4_000_000)} · 2,000 frames`);
    expect(jobFacts(en, job(1, { what: 'export' }))).toBe('2,000 frames');
  });

  it('that is done says what was written', () => {
    const done = job(1, { what: 'export', state: 'done', frames: 1 });
    expect(`${jobTitle(en, done)} ${jobFacts(en, done)}`).toBe('lobby.pcapng is written 1 frame');
  });

  it('that was cancelled says that nothing came of it', () => {
    const cancelled = job(1, { state: 'cancelled' });
    expect(jobTitle(en, cancelled)).toBe('Cancelled: lobby.pcapng was not opened.');
    expect(jobFacts(en, cancelled)).toBe('');
  });

  const problems: readonly JobProblem[] = [
    'notACapture',
    'notJsonl',
    'unreadable',
    'unwritable',
    'noSpace',
    'internal',
  ];
  it.each(problems)('that failed says why: %s', (code) => {
    const failed = job(1, { state: 'failed', problem: { code, detail: 'EIO' } });
    for (const words of [en, zh]) {
      const said = jobFacts(words, failed);
      expect(said).not.toContain('capture.problem');
      expect(said).not.toContain('{{');
    }
  });
});
