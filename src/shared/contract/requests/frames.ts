/** Requests about frames, and about captures of them. */
import { z } from 'zod';
import { longestMarkNote } from '../../limits';
import { exportFormats, type CaptureSnapshot, type Job } from '../../model/capture';
import type { FrameDetail, FramePage } from '../../model/frame';
import type { FrameCount } from '../../model/frameCount';
import { isUnique, numberReader, valueNamed } from '../../filter/values';
import { mostGroups, type Groups } from '../../model/groups';
import type { Relations } from '../../model/relations';
import { journalNameForm } from '../../model/journal';
import { result, type RequestRows, before, frameFilter, limit, nothing, vmcNo } from '../request';

const valueName = z
  .string()
  .max(200)
  .refine((text) => valueNamed(text).ok);
const isUniqueName = (text: string): boolean => {
  const named = valueNamed(text);
  return named.ok && isUnique(named.name);
};
const hasNumbers = (text: string): boolean => {
  const named = valueNamed(text);
  return named.ok && numberReader(named.name) !== null;
};

/** Older than an entry (`null`: than all), or newer than one: PagePlace. */
const pagePlace = z.union([z.strictObject({ before }), z.strictObject({ after: z.int().min(0) })]);

export const frameRequests = {
  /**
   * The list of frames this window follows, and its first page; `filter` null for none. `token` grows with every call and names the rows in the feed.
   * So the rows of this filter differ from those of an earlier filter.
   */
  followFrames: {
    thread: 'desktop',
    scope: 'source',
    audit: false,
    args: z.strictObject({
      token: z.int().min(0),
      filter: frameFilter.nullable(),
      place: pagePlace,
    }),
    result: result<FramePage | null>(),
  },
  /** Another page of the followed list. */
  frames: {
    thread: 'journal',
    scope: 'source',
    audit: false,
    facts: ['now', 'names', 'ownErrors'],
    args: z.strictObject({ filter: frameFilter, place: pagePlace, limit }),
    result: result<FramePage>(),
  },
  /** Counts the entries that a filter lets through, slice by slice: newer than `after` (`null`: all), for at most 40 ms. */
  countFrames: {
    thread: 'journal',
    scope: 'source',
    audit: false,
    facts: ['now', 'names', 'ownErrors'],
    args: z.strictObject({
      filter: frameFilter,
      after: z.int().min(0).nullable(),
      bins: z
        .strictObject({ from: z.number(), to: z.number(), count: z.int().min(1).max(1_000) })
        .refine(({ from, to }) => from < to)
        .nullable(),
    }),
    result: result<FrameCount>(),
  },
  /** Groups the entries that a filter lets through. Ask again with `run` until `isDone`; an answer takes about 150 ms. */
  groupFrames: {
    thread: 'journal',
    scope: 'source',
    audit: false,
    facts: ['now', 'names', 'ownErrors'],
    args: z.strictObject({
      filter: frameFilter,
      by: z
        .array(valueName.refine((text) => !isUniqueName(text)))
        .min(1)
        .max(8),
      stats: z.array(valueName.refine(hasNumbers)).max(4),
      run: z.int().min(1).nullable(),
      limit: z.int().min(1).max(mostGroups),
    }),
    result: result<Groups>(),
  },
  frame: {
    thread: 'journal',
    scope: 'source',
    audit: false,
    args: z.strictObject({ id: z.int().min(1) }),
    result: result<FrameDetail>(),
  },
  /** The id of the entry that has this number of the journal with that name; `null`: none. Without a name: see `find` in journalStore.ts. */
  findFrame: {
    thread: 'journal',
    scope: 'source',
    audit: false,
    args: z.strictObject({
      number: z.int().min(1),
      journal: z.string().regex(journalNameForm).nullable(),
    }),
    result: result<number | null>(),
  },
  /** Relations of a frame: to other frames and to the histories. */
  relations: {
    thread: 'journal',
    scope: 'source',
    audit: false,
    args: z.strictObject({ id: z.int().min(1) }),
    result: result<Relations>(),
  },
  /** Sets or removes a mark, a note, or both; a left-out member is unchanged. */
  setMark: {
    thread: 'desktop',
    scope: 'source',
    audit: 'args',
    args: z.strictObject({
      entry: z.int().min(1),
      marked: z.boolean().exactOptional(),
      note: z.string().max(longestMarkNote).exactOptional(),
    }),
    result: result<null>(),
  },
  /**
   * Sends a custom message to a machine: a frame with that head (`machine`: the head in use), or bytes unchanged, also wrong bytes on
   * purpose. Nothing checks it; the reply is the machine's next frame. `to`: to the server of a relayed machine, in the machine's name;
   * left out: to the machine.
   */
  sendFrame: {
    thread: 'machines',
    scope: 'live',
    audit: 'own',
    args: z.strictObject({
      vmcNo,
      to: z.literal('server').exactOptional(),
      /** The person confirmed: the machine on its connection has not proved its identity. */
      anyway: z.literal(true).exactOptional(),
      content: z.discriminatedUnion('as', [
        z.strictObject({
          as: z.literal('text'),
          text: z.string().min(1).max(9_987),
          head: z.enum(['machine', 'decimal', 'le48']),
        }),
        z.strictObject({ as: z.literal('bytes'), hex: z.string().regex(/^(?:[0-9a-f]{2}){1,65536}$/) }),
      ]),
    }),
    /** The recorded entry. */
    result: result<{ readonly id: number }>(),
  },
  /** Asks for a file and writes all frames of the filter to it. The feed reports the progress. `null`: no file was chosen. */
  exportFrames: {
    thread: 'desktop',
    scope: 'source',
    audit: false,
    args: z.strictObject({
      filter: frameFilter,
      format: z.enum(exportFormats),
      /** Only these entries; left out: all that the filter lets through. */
      ids: z.array(z.int().min(1)).max(100_000).exactOptional(),
      /** Texts for findings, ends of connections and marks (the keys are in main/tools/captures/exportWords.ts); empty: codes. */
      words: z
        .record(z.string().max(60), z.string().max(500))
        .refine((words) => Object.keys(words).length <= 500),
    }),
    result: result<Job | null>(),
  },
  /** Asks for a place and writes the dissector for Wireshark there; `null`: no place was chosen. */
  saveDissector: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    /** The name of the file. */
    result: result<string | null>(),
  },
  /** Asks for a pcap, pcapng or JSONL file and imports it. The feed reports the progress. `null`: no file was chosen. */
  openCapture: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<Job | null>(),
  },
  closeCapture: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ id: z.int().min(1) }),
    result: result<null>(),
  },
  /** The machines of a capture, with their state at its end. */
  captureSnapshot: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ id: z.int().min(1) }),
    result: result<CaptureSnapshot>(),
  },
  cancelJob: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ id: z.int().min(1) }),
    result: result<null>(),
  },
} as const satisfies RequestRows;
