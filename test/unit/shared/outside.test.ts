import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  frameLink,
  openings,
  outsideHash,
  parseLink,
  parseOutsideHash,
  type OutsidePlace,
} from '../../../src/shared/outside';

const places: fc.Arbitrary<OutsidePlace> = fc.oneof(
  fc.record({ to: fc.constant('machine' as const), vmcNo: fc.nat(Number.MAX_SAFE_INTEGER) }),
  fc.record(
    {
      to: fc.constant('frame' as const),
      id: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      journal: fc.uuid(),
    },
    { requiredKeys: ['to', 'id'] },
  ),
  fc.record({ to: fc.constant('job' as const), id: fc.integer({ min: 1, max: 1_000_000 }) }),
  fc.record({ to: fc.constant('error' as const), id: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }) }),
  fc.constant({ to: 'errors' as const }),
);

describe('links from outside', () => {
  it('have four forms', () => {
    expect(parseLink('crema://machine/33232')).toEqual({ to: 'machine', vmcNo: 33_232 });
    expect(parseLink('crema://frame/7')).toEqual({ to: 'frame', id: 7 });
    expect(parseLink('crema://error/7')).toEqual({ to: 'error', id: 7 });
    expect(parseLink('crema://errors')).toEqual({ to: 'errors' });
    const journal = '0f0e0d0c-1111-4222-8333-444455556666';
    expect(parseLink(`crema://frame/7?journal=${journal}`)).toEqual({ to: 'frame', id: 7, journal });
    expect(parseLink(frameLink(7, journal))).toEqual({ to: 'frame', id: 7, journal });
    expect(parseLink(frameLink(7, null))).toEqual({ to: 'frame', id: 7 });
    // As some desktops pass them.
    expect(parseLink(`crema://frame/7/?journal=${journal}`)).toEqual({ to: 'frame', id: 7, journal });
    expect(parseLink('crema://errors/')).toEqual({ to: 'errors' });
  });
  it.each([
    'crema://',
    'crema://machine',
    'crema://machine/',
    'crema://machine/-1',
    'crema://machine/1.5',
    'crema://machine/0x10',
    'crema://machine/99999999999999999',
    'crema://machine/9999999999999999',
    'crema://machine/1/commands',
    'crema://machine/1?reboot',
    'crema://machine/1#x',
    'crema://machine/1?journal=0f0e0d0c-1111-4222-8333-444455556666',
    'crema://errors?journal=0f0e0d0c-1111-4222-8333-444455556666',
    'crema://frame/7?journal=',
    'crema://frame/7?journal=0f0e0d0c',
    'crema://frame/7?journal=------------------------------------',
    'crema://frame/7?journal=0F0E0D0C-1111-4222-8333-444455556666',
    'crema://frame/7?journal=0f0e0d0c-1111-4222-8333-444455556666&more',
    'crema://machine/1 --data-dir=/tmp',
    'crema://machine/1" --rescue "/tmp',
    'crema://machine/1\n--help',
    'crema://machine/１',
    'crema://machine/%31',
    'crema://frame/0',
    'crema://frame/../settings',
    'crema://errors/1',
    'crema://settings',
    'crema://app/',
    'crema:machine/1',
    'CREMA://machine/1',
    ' crema://errors',
    'https://machine/1',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('%j leads nowhere', (text) => {
    expect(parseLink(text)).toBeNull();
  });
  it('any text leads to a place that can be written as a link, or nowhere', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `crema://${text}`),
        ),
        (text) => {
          const link = parseLink(text);
          expect(link === null ? [] : parseOutsideHash(outsideHash([link]))).toEqual(
            link === null ? [] : [link],
          );
        },
      ),
    );
  });
  it('a hash leads back to its place, and no other text does', () => {
    fc.assert(
      fc.property(fc.array(places, { minLength: 1 }), (all) => {
        expect(parseOutsideHash(outsideHash(all))).toEqual(all);
      }),
    );
    for (const hash of [
      '',
      '#/',
      '#/outside',
      '#/outside/',
      '#/outside/job/x',
      '#/outside/errors,',
      '#/outside/errors,x',
      '#/outside/settings',
      '#/errors',
    ])
      expect(parseOutsideHash(hash)).toBeNull();
  });
  it('a message of another process is accepted whole or not at all', () => {
    const good = {
      open: [
        { to: 'machine', vmcNo: 1 },
        { to: 'capture', file: '/a.pcap' },
      ],
    };
    expect(openings.safeParse(good).success).toBe(true);
    for (const bad of [
      null,
      'x',
      {},
      { open: 'x' },
      { open: [{ to: 'machine', vmcNo: -1 }] },
      { open: [{ to: 'machine', vmcNo: 1, also: 2 }] },
      { open: [{ to: 'settings' }] },
      { open: [{ to: 'capture', file: '' }] },
      { open: Array.from({ length: 21 }, () => ({ to: 'errors' })) },
      { open: [], more: 1 },
    ])
      expect(openings.safeParse(bad).success).toBe(false);
  });
});
