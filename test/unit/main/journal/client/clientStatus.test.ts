import { expect, it } from 'vitest';
import type { JournalStatus, Salvage } from '#shared/model/journal';
import { ClientStatus } from '../../../../../src/main/journal/client/clientStatus';

const salvage = (share: number, isOver = false): Salvage => ({
  share,
  isOver,
  saved: 0,
  lost: 0,
  lostFrom: null,
  lostTo: null,
  lostRows: {},
});

it('each percent of a recovery is reported once, and its end', () => {
  const status = new ClientStatus({ count: 0, lost: 0 });
  const shown: (number | string)[] = [];
  status.onState((state: JournalStatus) => {
    if (state.status !== 'open') shown.push(state.status);
    else if (state.salvage !== undefined)
      shown.push(state.salvage.isOver ? 'over' : Math.floor(state.salvage.share * 100));
  });
  status.opened({ file: '/data/journal.damaged-1.sqlite', why: 'damaged' });
  for (let n = 0; n < 1_000; n += 1) status.salvaged(salvage(n / 1_000));
  expect(shown).toEqual(Array.from({ length: 100 }, (_, percent) => percent));
  status.salvaged(salvage(1, true));
  expect(shown.at(-1)).toBe('over');
});

it('its progress does not hide a disk that refuses', () => {
  const status = new ClientStatus({ count: 3, lost: 0 });
  status.opened({ file: '/data/journal.damaged-1.sqlite', why: 'damaged' });
  status.failed('no space');
  status.salvaged(salvage(0.5));
  expect(status.state).toMatchObject({ status: 'failing', waiting: 3 });
  status.accepted();
  expect(status.state).toMatchObject({ status: 'open', salvage: { share: 0.5 } });
});
