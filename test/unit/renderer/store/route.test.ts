import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { screenNames } from '#shared/screens';
import {
  firstOf,
  firstRoute,
  formatRoute,
  helpTopics,
  machineTable,
  machineTabs,
  parseRoute,
  settingPages,
  workTabs,
  type Route,
} from '../../../../src/renderer/src/store/route';
import { onlys } from '../../../../src/renderer/src/store/machines';
import { anyCharacter } from '../../../builders/anyCharacter';

const routes: fc.Arbitrary<Route> = fc.oneof(
  fc.constantFrom(...screenNames).map(firstOf),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map((fault): Route => ({ screen: 'errors', fault })),
  fc.record({
    screen: fc.constant('help' as const),
    topic: fc.constantFrom(...helpTopics),
    item: fc.option(fc.string({ minLength: 1, unit: anyCharacter })),
  }),
  fc.constantFrom(...settingPages).map((page): Route => ({ screen: 'settings', page })),
  fc.constantFrom(...workTabs).map((tab): Route => ({ screen: 'work', tab, run: null })),
  fc
    .integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
    .map((run): Route => ({ screen: 'work', tab: 'runs', run })),
  fc.constantFrom(...onlys).map(machineTable),
  fc.record({
    screen: fc.constant('machines' as const),
    vmcNo: fc.nat(Number.MAX_SAFE_INTEGER),
    tab: fc.constantFrom(...machineTabs),
  }),
);

describe('routes', () => {
  it('every place has a link that leads to it', () => {
    fc.assert(
      fc.property(routes, (route) => {
        expect(parseRoute(formatRoute(route))).toEqual(route);
      }),
    );
  });

  it('a machine without a tab opens its overview', () => {
    expect(parseRoute('#/machines/33232')).toEqual({ screen: 'machines', vmcNo: 33232, tab: 'overview' });
  });

  it.each([
    '',
    '#',
    '#/',
    '#/nowhere',
    '#/machines/x',
    '#/machines/all',
    '#/machines/fault/overview',
    '#/machines/-1',
    '#/machines/1e3',
    '#/machines/1/nothing',
    '#/machines/1/frames/2',
    '#/errors/0',
    '#/errors/x',
    '#/errors/1/2',
    '#/inspector/1',
    '#/settings/1',
    '#/settings/listen/1',
    '#/work/nothing',
    '#/work/runs/0',
    '#/work/runs/1/2',
    '#/work/sequences/1',
    '#/machines/9007199254740993',
  ])('%j is not a route', (hash) => {
    expect(parseRoute(hash)).toBeNull();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (hash) => void parseRoute(hash)));
  });

  it('a window without a link opens on Connect while no machine is online', () => {
    expect(firstRoute('', 0)).toEqual({ screen: 'connect' });
    expect(firstRoute('', 1)).toEqual({ screen: 'machines', vmcNo: null, tab: 'overview' });
    expect(firstRoute('#/settings', 0)).toEqual({ screen: 'settings' });
  });
});
