/** The user's own sequences: stored in a file of the data folder, exported and imported. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { mostSequences } from '#shared/limits';
import type { OwnSequence, OwnSequences, RefusedSequence, SequencesImport } from '#shared/model/sequence';
import { readKept } from '../../lib/files/keptFile';
import { clearUnfinished, keepDamaged, mendKept, writeKept } from '../../lib/files/writeKept';
import { Refusal } from '../ipc/requests';
import { refusedShown } from '../../core/lists/listFile';
import { readSequences, sequencesPart, writeSequences } from '../../core/lists/sequencesFile';
import type { Base } from './base';
import type { FileDamageService } from './fileDamage';
import { countedIn, detailOf, readList, saysSame, writeList, type ReaderService } from './listFile';
import type { FileDamage } from '#shared/model/fileDamage';
import type { Changed, Service } from './service';

export interface SequencesParts {
  readonly reader: Pick<ReaderService, 'read'>;
  readonly directory: string;
  readonly now: () => number;
  readonly changed: Changed;
  readonly onDamage: (damage: FileDamage) => void;
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  readonly askFile: (windowId: number) => Promise<string | null>;
}

const namesOf = (all: readonly OwnSequence[]): readonly string[] => all.map(({ name }) => name);
const byName = (a: OwnSequence, b: OwnSequence): number => (a.name < b.name ? -1 : 1);

type SequencesService = Service<'keepSequence' | 'exportSequences' | 'importSequences', 'sequences'>;

export const sequences = (
  base: Base,
  { fileDamage, reader }: { readonly fileDamage: FileDamageService; readonly reader: ReaderService },
): SequencesService =>
  sequencesService({
    ...base,
    reader,
    directory: base.dataDirectory,
    onDamage: fileDamage.report,
    askPlace: base.ask.place,
    askFile: base.ask.json,
  });

export function sequencesService(parts: SequencesParts): SequencesService {
  const file = join(parts.directory, 'sequences.json');
  let own: OwnSequences = { all: [], refused: [], aside: null };
  /** Changes run one by one, each based on the result of the one before. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => T | Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  /** A damaged file is kept as a copy before it is overwritten. */
  let damaged: Found['damaged'] = null;
  const change = (all: readonly OwnSequence[]): void => {
    if (all.length > mostSequences) throw new Refusal('sequencesFull', { max: mostSequences });
    let { aside } = own;
    try {
      // The file is rewritten. A copy keeps the parts that could not be read.
      const kept = damaged === null ? null : keepDamaged(file, damaged.isReadable, parts.now());
      if (kept !== null) aside = basename(kept);
      writeKept(file, sequencesPart(all.toSorted(byName)));
    } catch (error) {
      throw new Refusal('sequencesNotKept', { detail: detailOf(error) });
    }
    damaged = null;
    own = { all: all.toSorted(byName), refused: [], aside };
    parts.changed('sequences');
  };
  return {
    live: { sequences: () => own },
    start: () => {
      clearUnfinished(file);
      const found = foundIn(file, (what, detail) => parts.onDamage({ what, file: basename(file), detail }));
      ({ damaged } = found);
      own = { all: found.all, refused: found.refused.slice(0, refusedShown), aside: null };
      return Promise.resolve();
    },
    requests: {
      keepSequence: ({ before, sequence }) =>
        inTurn(() => {
          const { all } = own;
          if (before !== null && !all.some(({ name }) => name === before))
            throw new Refusal('sequenceGone', { name: before });
          const others = all.filter(({ name }) => name !== before);
          if (sequence !== null && others.some(({ name }) => name === sequence.name))
            throw new Refusal('sequenceNamed', { name: sequence.name });
          change(sequence === null ? others : [...others, sequence]);
          return null;
        }),
      exportSequences: async (_args, { windowId }) => {
        const place = await parts.askPlace(windowId, 'crema-sequences.json');
        return place === null ? null : writeList(place, writeSequences(own.all));
      },
      importSequences: async (_args, { windowId }): Promise<SequencesImport | null> => {
        const place = await parts.askFile(windowId);
        if (place === null) return null;
        return inTurn(async () => {
          const list = { own: () => own.all, keysOf: namesOf };
          const { before: all, read } = await readList(parts.reader, 'sequences', place, list);
          const before = new Map(all.map((one) => [one.name, one]));
          if (!read.ok) throw new Refusal('noSequences', { file: basename(place), line: read.line });
          const counts = countedIn(
            Object.fromEntries(read.all.map((one) => [one.name, one])),
            (name) => before.has(name),
            (name, one) => saysSame(one, before.get(name)),
          );
          if (counts.added + counts.changed > 0) {
            for (const one of read.all) before.set(one.name, one);
            change([...before.values()]);
          }
          return {
            fileName: basename(place),
            ...counts,
            refused: read.refused,
          };
        });
      },
    },
  };
}

/** The whole file could not be read. */
const unread = { name: null, reason: 'noEntry', step: null, member: null } as const;

interface Found {
  readonly all: readonly OwnSequence[];
  readonly refused: readonly RefusedSequence[];
  readonly damaged: { readonly isReadable: boolean } | null;
}

function foundIn(file: string, report: (what: FileDamage['what'], detail: string) => void): Found {
  const { state, parts, other, detail, isReadable, isSafe } = readKept(file);
  if (state === 'none') return { all: [], refused: [], damaged: null };
  if (state === 'fromCopy') {
    report('fromCopy', detail);
    const read = readSequences(JSON.stringify(parts));
    mendKept(file, parts ?? {}, { isReadable });
    return { all: read.ok ? read.all : [], refused: [], damaged: null };
  }
  // With line numbers, which the user needs to find a mistake.
  const read = isReadable ? readSequences(readFileSync(file, 'utf8')) : ({ ok: false, line: 1 } as const);
  const refused = read.ok ? read.refused : [{ ...unread, line: read.line }];
  if (state === 'sound') {
    // A file from an earlier Crema or a person has no backup yet.
    if (refused.length === 0 && !isSafe) mendKept(file, parts ?? {}, null);
    return { all: read.ok ? read.all : [], refused, damaged: refused.length === 0 ? null : { isReadable } };
  }
  report(parts === null ? 'unread' : 'unproven', detail);
  const known = new Map<string, OwnSequence>();
  for (const one of [parts, other]) {
    const some = readSequences(JSON.stringify(one ?? {}));
    for (const sequence of some.ok ? some.all : [])
      if (!known.has(sequence.name)) known.set(sequence.name, sequence);
  }
  return { all: [...known.values()].toSorted(byName), refused, damaged: { isReadable } };
}
