/** Relations of a frame to others on its connection and to the histories. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { everyFrame } from '#shared/filter/frames';
import { addTerm } from '#shared/filter/language/edit';
import type { CommandName } from '#shared/commands/index';
import type { Related, Relations } from '#shared/model/relations';
import { rowsOf, type Row } from '../store/columns';
import { Originals } from '../store/originals';
import { entryColumns } from '../store/owners';
import type { StoredEntry } from '#shared/model/frame';
import { entryOf, textOf } from '../store/entries';
import { readJson } from '../../core/protocol/json';
import { orderNoIn } from '../../core/state/timings';
import { framePage } from './frames';
import { TimesReader } from './timesOf';
import type { Sizes } from '../index/sizes';

type Frame = Extract<StoredEntry, { kind: 'frame' }>;

export function relationsOf(db: DatabaseSyncInstance, sizes: Sizes, entry: StoredEntry): Relations {
  if (entry.kind !== 'frame') {
    return { question: null, answer: null, previous: null, order: null, command: null, fault: null };
  }
  const { id, vmcNo } = entry;
  const cmd = entry.cmd?.toLowerCase() ?? '';
  const orderNo = orderNoIn(textOf(entry));
  const { partner } = new TimesReader(db, sizes).times(id);
  const related = (other: number | null): Related | null => {
    if (other === null) return null;
    const [row] = rowsOf(db.prepare(`SELECT ${entryColumns} FROM entries WHERE id = ?`), other);
    return row === undefined ? null : relatedTo(new Originals(db).on(entryOf(row)));
  };
  const previous = vmcNo === null || cmd === '' ? null : previousOf(db, sizes, entry, vmcNo, cmd);
  return {
    question: related(partner !== null && partner < id ? partner : null),
    answer: related(partner !== null && partner > id ? partner : null),
    previous,
    order: orderOf(db, vmcNo, orderNo),
    command: commandOf(db, vmcNo, id),
    fault: faultOf(db, id),
  };
}

function previousOf(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  entry: Frame,
  vmcNo: number,
  cmd: string,
): Related | null {
  const { id, dir, at } = entry;
  const query = {
    filter: { ...everyFrame, vmcNo, dir, cmd, text: sameStatus(entry) },
    place: { before: id },
    limit: 1,
    now: at,
    names: {},
  };
  const previous = framePage(db, sizes, query, new Map()).entries[0];
  return previous === undefined ? null : relatedTo(previous);
}

/** Messages of one command with different statuses have different members, such as `machinestatus` of a door and of a supply. */
function sameStatus(entry: Frame): string {
  const status = readJson(textOf(entry)).json?.['status'];
  return typeof status === 'string' || typeof status === 'number'
    ? addTerm('', ['status'], String(status), 'only', { now: entry.at })
    : '';
}

const relatedTo = ({ id, at, original }: StoredEntry): Related => ({
  id,
  at,
  ...(original !== undefined && { original }),
});

function orderOf(db: DatabaseSyncInstance, vmcNo: number | null, orderNo: string | null): Relations['order'] {
  if (vmcNo === null || orderNo === null) return null;
  const row = db.prepare('SELECT id FROM orders WHERE vmc_no = ? AND order_no = ?').get(vmcNo, orderNo) as
    | Row
    | undefined;
  return row === undefined ? null : { orderNo, entry: Number(row['id']) };
}

function commandOf(db: DatabaseSyncInstance, vmcNo: number | null, id: number): Relations['command'] {
  if (vmcNo === null) return null;
  const row = db
    .prepare(
      `SELECT id, name FROM commands WHERE vmc_no = ? AND EXISTS
       (SELECT 1 FROM json_each(iif(json_valid(body), body, '{}'), '$.steps') AS step
        WHERE iif(step.type = 'object', json_extract(step.value, '$.entry'), NULL) = ?)
       ORDER BY id DESC LIMIT 1`,
    )
    .get(vmcNo, id) as Row | undefined;
  return row === undefined ? null : { id: Number(row['id']), name: String(row['name']) as CommandName };
}

function faultOf(db: DatabaseSyncInstance, id: number): Relations['fault'] {
  const row = db
    .prepare('SELECT id, code FROM faults WHERE id = ? OR cleared_entry = ? LIMIT 1')
    .get(id, id) as Row | undefined;
  if (row === undefined) return null;
  return { id: Number(row['id']), code: String(row['code']), what: row['id'] === id ? 'set' : 'cleared' };
}
