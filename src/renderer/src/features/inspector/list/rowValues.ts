import { readBeginning } from '#shared/body/beginning';
import { textOfValue, valuesOf as membersOf } from '#shared/filter/language/members';
import { isInRole, namesMeaning } from '#shared/messages/lookup';
import type { FrameRow, JsonObject } from '#shared/model/frame';
import { endText } from '../../../text/frameWords';
import {
  onlyText,
  shown,
  shownCommand,
  shownDirection,
  shownMachine,
  shownMark,
  shownTime,
  type Shown,
} from '../detail/values';

/** A value of a row that can filter the list. */
export interface RowValue extends Shown {
  /** The cell that shows it; `null`: none. */
  readonly cell: 'time' | 'dir' | 'vmc' | 'cmd' | 'text' | 'finding' | 'mark' | 'size' | 'fold' | null;
}

const orderNames = namesMeaning('orderNo');
const codeNames = namesMeaning('errorCode');

/** The first of these members with a value. */
function firstOf(body: JsonObject, names: ReadonlySet<string>): string | null {
  for (const value of membersOf(body, names)) {
    const text = textOfValue(value);
    if (text !== null && text !== '') return text;
  }
  return null;
}

/** In column order. */
export function rowValues(row: FrameRow, ofAll: boolean): readonly RowValue[] {
  const { kind, dir, vmcNo, cmd, text, findings, peer } = row;
  const isOnWire = dir !== null;
  const values: RowValue[] = [];
  const add = (cell: RowValue['cell'], ...all: readonly Shown[]): void => {
    for (const { by, text: copied } of all) values.push({ by, text: copied, cell });
  };
  add('dir', dir === null ? shown('kind', kind) : shownDirection(dir));
  add('time', shownTime(row.at));
  if (ofAll) add('vmc', shownMachine(vmcNo));
  if (isOnWire) add('cmd', shownCommand(row));
  const body = readBeginning(text).json;
  const order = firstOf(body, orderNames);
  if (order !== null) add('text', shown('order', order));
  const code = isInRole(cmd, 'fault') ? firstOf(body, codeNames) : null;
  if (code !== null) add('text', shown('code', code));
  if (text !== '') add('text', shown('text', text));
  // Entries about a connection stand in the column of meanings.
  for (const finding of new Set(findings.map((one) => one.code)))
    add(kind === 'finding' ? 'text' : 'finding', shown('finding', finding));
  add('mark', ...shownMark(row));
  if (isOnWire) add('size', shown('size', row.size));
  add(isOnWire ? null : 'text', shown('conn', row.conn));
  if (peer !== undefined) add('text', onlyText(endText(peer.remoteAddress, peer.remotePort)));
  if (kind === 'frame') add(null, shown('kind', kind));
  return values;
}

/** Values of a folded run: its kind, and its machine if there is only one. */
export function foldValues(run: readonly FrameRow[], ofAll: boolean): readonly RowValue[] {
  const machines = new Set(run.map(({ vmcNo }) => vmcNo));
  const [only] = machines;
  return [
    ...(ofAll && machines.size === 1 && only !== undefined
      ? [{ ...shownMachine(only), cell: 'vmc' as const }]
      : []),
    { ...shown('fold', 'hb'), cell: 'fold' },
  ];
}

/** The values of a cell; all values for a cell without any, and for the whole row. */
export function valuesOf(values: readonly RowValue[], cell: string | null): readonly RowValue[] {
  const here = values.filter((value) => value.cell === cell);
  return cell === null || here.length === 0 ? values : here;
}
