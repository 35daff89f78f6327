/** Displayed values of frames, for the filter language and the clipboard. */
import { anyValue, type EditField, type EditValue } from '#shared/filter/language/edit';
import { writeMoment } from '#shared/filter/language/times';
import { fold } from '#shared/messages/field';
import { isInRole, namesMeaning, type MeaningName } from '#shared/messages/lookup';
import type { Path } from '#shared/body/positions';
import type { Direction, FrameDetail, FrameRow } from '#shared/model/frame';
import type { JsonValue } from '#shared/model/json';
import { copyText } from './jsonLines';

/** A displayed value: it can be copied, and filtered by if the filter language supports it. */
export interface Shown {
  /** `null`: the filter language can't express it. */
  readonly by: { readonly field: EditField; readonly value: EditValue } | null;
  readonly text: string;
}

export function shown(field: EditField, value: EditValue, text?: string): Shown {
  return { by: { field, value }, text: text ?? (typeof value === 'object' ? '' : String(value)) };
}
export const onlyText = (text: string): Shown => ({ by: null, text });

/** A filter for its second, because a millisecond contains hardly more than the row itself. */
export function shownTime(at: number): Shown {
  const from = Math.floor(at / 1000) * 1000;
  return shown(
    'time',
    { kind: 'at', from, to: from + 1000 },
    writeMoment({ kind: 'at', from: at, to: at + 1 }),
  );
}
export const shownDirection = (dir: Direction): Shown => shown('dir', dir);
export const shownMachine = (vmcNo: number | null): Shown => shown('vmc', vmcNo, String(vmcNo ?? ''));
/** The command of a frame, or the kind of another entry. */
export const shownCommand = ({ kind, cmd }: Pick<FrameRow, 'kind' | 'cmd'>): Shown =>
  kind === 'frame' ? shown('cmd', cmd, cmd ?? '') : shown('kind', kind);
export function shownMark({ mark }: Pick<FrameRow, 'mark'>): readonly Shown[] {
  return [
    ...(mark?.marked === true ? [shown('mark', anyValue, '')] : []),
    ...(mark === undefined || mark.note === '' ? [] : [shown('note', mark.note)]),
  ];
}
export const shownHead = ({ head }: Pick<FrameDetail, 'head'>): Shown => shown('head', head ?? 'none');

/** Filter fields for members, by the members' meaning. */
const ownFields = [
  ['cmd', 'cmd'],
  ['vmc', 'vmcNo'],
  ['order', 'orderNo'],
  ['code', 'errorCode'],
  ['product', 'productId'],
  ['amount', 'price'],
] as const satisfies readonly (readonly [EditField, MeaningName])[];
type OwnField = (typeof ownFields)[number][0];
const fieldsByName: ReadonlyMap<string, OwnField> = new Map(
  ownFields.flatMap(([field, means]) => [...namesMeaning(means)].map((name) => [name, field] as const)),
);

/** A member at any depth: by its own filter field if it has one, and by its path. */
export function shownMember(cmd: string | null, path: Path, value: JsonValue): readonly Shown[] {
  const names = path.map(String);
  const text = copyText(value);
  if (typeof value === 'object' && value !== null) return [shown(names, anyValue, text)];
  const field = ownField(cmd, path, value);
  const own = field === 'amount' ? Number(value) : value;
  return [...(field === null ? [] : [shown(field, own, text)]), shown(names, value, text)];
}

function ownField(cmd: string | null, path: Path, value: JsonValue): OwnField | null {
  const [name] = path;
  if (path.length !== 1 || typeof name !== 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'object' || value === '') return null;
  const field = fieldsByName.get(fold(name)) ?? null;
  switch (field) {
    case 'vmc':
      return typeof value === 'number' ? field : null;
    case 'amount':
      return /^\d+$/.test(String(value)) ? field : null;
    case 'code':
      return isInRole(cmd, 'fault') ? field : null;
    case 'cmd':
    case 'order':
    case 'product':
    case null:
      return field;
  }
}
