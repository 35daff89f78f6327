/** A frame or a part of it as texts for the clipboard. */
import { addTerm } from '#shared/filter/language/edit';
import { numberOf, type FrameDetail } from '#shared/model/frame';
import type { JsonValue } from '#shared/model/json';
import { frameLink } from '#shared/outside';
import { visibleJson } from '#shared/visible';
import { base64Text, cArray, hexStream, hexText, pythonBytes } from '../../../ui/hex';
import { numbersAsWritten, textOfBytes, type FrameMap, type FrameSelection } from './frameMap';
import { headFacts } from './headFacts';
import { copyText } from '../detail/jsonLines';

export const copyForms = [
  'value',
  'json',
  'text',
  'hex',
  'hexStream',
  'base64',
  'python',
  'c',
  'filter',
  'link',
] as const;
type CopyForm = (typeof copyForms)[number];
/** Without forms that do not apply. */
export type Copies = Readonly<Partial<Record<CopyForm, string>>>;

/** Whether the entry has bytes from the wire. */
export const hasBytes = ({ kind }: FrameDetail): boolean => kind === 'frame' || kind === 'junk';

/** The forms of all bytes. `name`: of the C array. */
const copiesOfBytes = (bytes: Uint8Array, name: string): Copies => ({
  hex: hexText(bytes),
  hexStream: hexStream(bytes),
  base64: base64Text(bytes),
  python: pythonBytes(bytes),
  c: cArray(bytes, name),
});

const nameOf = (frame: FrameDetail): string => `frame_${numberOf(frame) ?? 'bytes'}`;

/** Text from the wire for the clipboard. In JSON, invisible characters are escaped, which keeps the meaning. */
export const wireText = ({ json }: Pick<FrameDetail, 'json'>, text: string): string =>
  json === null ? text : visibleJson(text);

export function copiesOfFrame(frame: FrameDetail): Copies {
  const { vmcNo, dir, cmd, kind } = frame;
  let filter = '';
  const only = (field: 'vmc' | 'dir' | 'cmd' | 'kind', value: string | number): void => {
    filter = addTerm(filter, field, value, 'only', { now: frame.at });
  };
  if (vmcNo !== null) only('vmc', vmcNo);
  if (dir !== null) only('dir', dir);
  if (kind !== 'frame') only('kind', kind);
  if (cmd !== null) only('cmd', cmd);
  const number = numberOf(frame);
  const link = number === null ? {} : { link: frameLink(number, frame.journal) };
  if (!hasBytes(frame)) return { filter, ...link };
  return {
    ...(frame.json !== null && { json: visibleJson(JSON.stringify(frame.json, null, 2)) }),
    text: wireText(frame, frame.fullText),
    ...copiesOfBytes(frame.bytes, nameOf(frame)),
    filter,
    ...link,
  };
}

export function copiesOf(frame: FrameDetail, map: FrameMap, selection: FrameSelection): Copies {
  const place = 'id' in selection ? map.places.get(selection.id) : undefined;
  const span = 'bytes' in selection ? selection.bytes : place?.bytes;
  if (span === undefined) return {};
  const bytes = frame.bytes.subarray(span.from, span.to);
  const raw = copiesOfBytes(bytes, `${nameOf(frame)}_${span.from}`);
  const now = { now: frame.at };
  const text = place?.text ?? textOfBytes(map, span);
  const asText = text === null ? {} : { text: wireText(frame, frame.fullText.slice(text.from, text.to)) };
  switch (place?.head) {
    case 'length': {
      const declared = headFacts(frame)?.declared ?? null;
      const filter = addTerm('', 'size', frame.size, 'only', now);
      return { ...(declared !== null && { value: String(declared) }), ...raw, filter };
    }
    case 'sequence': {
      const { sequence } = frame;
      return sequence === null
        ? raw
        : { value: String(sequence), ...raw, filter: addTerm('', 'seq', sequence, 'only', now) };
    }
    case 'padding':
      return { value: headFacts(frame)?.padding ?? '', ...raw };
    case 'head':
      return raw;
    default:
  }
  const path = place?.path ?? null;
  const value = path === null ? undefined : valueAt(frame.json, path);
  if (path === null || value === undefined) return { ...asText, ...raw };
  const name = path.at(-1);
  return {
    value: numbersAsWritten(frame, map).get(place?.id ?? '') ?? copyText(value),
    json: visibleJson(JSON.stringify(typeof name === 'string' ? { [name]: value } : value, null, 2)),
    ...asText,
    ...raw,
    ...(typeof value === 'object' && value !== null ? {} : { filter: filterOf(path, value, now) }),
  };
}

/** The most common members have their own filter fields. */
function filterOf(
  path: readonly (string | number)[],
  value: string | number | boolean | null,
  now: { readonly now: number },
): string {
  const only = path.length === 1 ? path[0] : null;
  if (only === 'cmd' && typeof value === 'string') return addTerm('', 'cmd', value, 'only', now);
  if (only === 'vmc_no' && typeof value === 'number') return addTerm('', 'vmc', value, 'only', now);
  return addTerm('', path.map(String), value, 'only', now);
}

function valueAt(json: JsonValue | null, path: readonly (string | number)[]): JsonValue | undefined {
  let value: JsonValue | undefined = json ?? undefined;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string | number, JsonValue>>)[step];
  }
  return value;
}
