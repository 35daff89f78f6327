import { describe, expect, it } from 'vitest';
import type { Item, Kind } from '../../../../../src/renderer/src/features/palette/items';
import { mostShown, ranked } from '../../../../../src/renderer/src/features/palette/ranked';

const item = (kind: Kind, label: string, detail = ''): Item => ({
  id: `${kind} ${label}`,
  kind,
  label,
  detail,
  hindrance: null,
  key: null,
  go: () => {},
});
const items = [
  item('machine', '33240', 'Lobby'),
  item('machine', '53001', '大堂'),
  item('command', 'Reboot'),
  item('screen', 'Machines'),
  item('action', 'About Crema'),
  item('setting', 'Language'),
  item('code', 'ERROR:5300', 'Out of cups'),
  item('help', 'Error codes'),
];
const found = (typed: string, recent: readonly string[] = []): readonly string[] =>
  ranked(items, typed, recent).map(({ id }) => id);

describe('the palette', () => {
  it('without text has recent items, then commands, screens and actions', () => {
    expect(found('', ['code ERROR:5300', 'machine 33240', 'order gone'])).toEqual([
      'code ERROR:5300',
      'machine 33240',
      'command Reboot',
      'screen Machines',
      'action About Crema',
    ]);
  });

  it('finds machines by number, name and Chinese initials, and codes by number and meaning', () => {
    expect(found('332')).toEqual(['machine 33240']);
    expect(found('lobby')).toEqual(['machine 33240']);
    expect(found('dt')).toEqual(['machine 53001']);
    expect(found('cups')).toEqual(['code ERROR:5300']);
    expect(found('5300')).toEqual(['machine 53001', 'code ERROR:5300']);
    expect(found('nothing of it')).toEqual([]);
  });

  it('prefers a recent item to one that matches equally', () => {
    const codes = ['ERROR:5300', 'ERROR:5301'].map((label) => item('code', label));
    const second = ['code ERROR:5301'];
    expect(ranked(codes, '530', []).map(({ id }) => id)).toEqual(['code ERROR:5300', 'code ERROR:5301']);
    expect(ranked(codes, '530', second).map(({ id }) => id)).toEqual(['code ERROR:5301', 'code ERROR:5300']);
  });

  it('leaves space for other kinds when hundreds of one kind match', () => {
    const many = Array.from({ length: 500 }, (_, n) => item('code', `ERROR:${n}`, 'of a motor'));
    const kinds = ranked([...many, item('help', 'Error codes')], 'error', []).map(({ kind }) => kind);
    expect(kinds).toContain('help');
    expect(kinds.length).toBeLessThan(mostShown);
  });
});
