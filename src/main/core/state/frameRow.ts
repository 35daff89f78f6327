/** Rows for lists of frames, small enough to send thousands of them, and one frame with all details. */
import type { ComparableFrame } from '#shared/compare/frames';
import {
  directionOf,
  findingsOf,
  machineOf,
  type Entry,
  type FrameDetail,
  type FrameRow,
} from '#shared/model/frame';
import type { Mark } from '#shared/model/journal';
import { readJson } from '../protocol/json';
import { cmdOf } from './recentFrames';
import { latin1 } from '#shared/framing';

/** Limit of body characters in a list. */
const textShown = 240;

export function frameRow(entry: Entry, mark: Mark | null = null): FrameRow {
  const { id, at, conn, kind } = entry;
  const base = {
    id,
    at,
    conn,
    vmcNo: machineOf(entry),
    kind,
    dir: null,
    head: null,
    cmd: null,
    size: 0,
    text: '',
    findings: findingsOf(entry),
    ...(mark !== null && { mark: { marked: mark.marked, note: mark.note } }),
    ...(entry.original !== undefined && { original: entry.original }),
  };
  switch (entry.kind) {
    case 'opened':
      return { ...base, peer: entry.peer };
    case 'closed':
      return { ...base, reason: entry.reason };
    case 'finding':
      return base;
    case 'junk': {
      const { bytes } = entry;
      const text = latin1(bytes.subarray(0, textShown));
      return { ...base, dir: directionOf(entry), size: bytes.length, text };
    }
    case 'frame': {
      const { dir, head, bytes } = entry;
      const text = entry.text.slice(0, textShown);
      return { ...base, dir, head, cmd: cmdOf(entry), size: bytes.length, text };
    }
  }
}

/** `journal`: the name of the journal that has the entry; `null`: none. */
export function frameDetail(entry: Entry, mark: Mark | null, journal: string | null): FrameDetail {
  const isFrame = entry.kind === 'frame';
  return {
    ...frameRow(entry, mark),
    bytes: 'bytes' in entry ? entry.bytes : new Uint8Array(),
    bodyStart: isFrame ? entry.bodyStart : 0,
    sequence: isFrame ? entry.sequence : null,
    fullText: isFrame ? entry.text : entry.kind === 'junk' ? latin1(entry.bytes) : '',
    json: isFrame ? readJson(entry.text).json : null,
    journal: entry.original === undefined ? journal : entry.original.journal,
  };
}

/** An entry with bytes, for a comparison; `null`: it has none. */
export function comparableFrame(entry: Entry): ComparableFrame | null {
  if (entry.kind !== 'frame' && entry.kind !== 'junk') return null;
  const { id, at, original } = entry;
  const isFrame = entry.kind === 'frame';
  const text = isFrame ? entry.text : latin1(entry.bytes);
  return {
    id,
    at,
    ...(original !== undefined && { original }),
    vmcNo: machineOf(entry),
    dir: isFrame ? entry.dir : directionOf(entry),
    head: isFrame ? entry.head : null,
    cmd: isFrame ? cmdOf(entry) : null,
    text,
    json: isFrame ? readJson(text).json : null,
  };
}
