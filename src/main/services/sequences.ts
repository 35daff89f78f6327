/** The workshop's own sequences: kept in a file of the data folder, out into another and in from one. */
import { copyFileSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { mostSequences } from '#shared/limits';
import type { OwnSequence, OwnSequences, SequencesImport } from '#shared/model/sequence';
import { nameAside } from '../files/setAside';
import { Refusal } from '../ipc/requests';
import { countedIn, detailOf, readList, refusedShown, saysSame, writeList, writeText } from './listFile';
import { readSequences, writeSequences, type ReadSequences } from './sequencesFile';
import type { Changed, Service } from './service';

export interface SequencesParts {
  readonly directory: string;
  readonly now: () => number;
  readonly changed: Changed;
  readonly problem: (detail: string) => void;
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  readonly askFile: (windowId: number) => Promise<string | null>;
}

const byName = (a: OwnSequence, b: OwnSequence): number => (a.name < b.name ? -1 : 1);

export function sequencesService(
  parts: SequencesParts,
): Service<'keepSequence' | 'exportSequences' | 'importSequences', 'sequences'> {
  const file = join(parts.directory, 'sequences.json');
  let own: OwnSequences = { all: [], refused: [], aside: null };
  /** One after the other, each from what the last one made of them. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const change = async (all: readonly OwnSequence[]): Promise<void> => {
    if (all.length > mostSequences) throw new Refusal('sequencesFull', { max: mostSequences });
    let { aside } = own;
    try {
      // The file is written anew: what of it was not understood stays beside it.
      if (own.refused.length > 0) aside = keepAside(file, parts.now());
      await writeText(file, writeSequences(all.toSorted(byName)));
    } catch (error) {
      throw new Refusal('sequencesNotKept', { detail: detailOf(error) });
    }
    own = { all: all.toSorted(byName), refused: [], aside };
    parts.changed('sequences');
  };
  return {
    live: { sequences: () => own },
    start: () => {
      const read = keptIn(file, parts.problem);
      own = read.ok
        ? { all: read.all, refused: read.refused.slice(0, refusedShown), aside: null }
        : { all: [], refused: [{ ...unread, line: read.line }], aside: null };
      return Promise.resolve();
    },
    requests: {
      keepSequence: ({ before, sequence }) =>
        inTurn(async () => {
          const { all } = own;
          if (before !== null && !all.some(({ name }) => name === before))
            throw new Refusal('sequenceGone', { name: before });
          const others = all.filter(({ name }) => name !== before);
          if (sequence !== null && others.some(({ name }) => name === sequence.name))
            throw new Refusal('sequenceNamed', { name: sequence.name });
          await change(sequence === null ? others : [...others, sequence]);
          return null;
        }),
      exportSequences: async (_args, { windowId }) => {
        const place = await parts.askPlace(windowId, 'crema-sequences.json');
        return place === null ? null : writeList(place, writeSequences(own.all));
      },
      importSequences: async (_args, { windowId }): Promise<SequencesImport | null> => {
        const place = await parts.askFile(windowId);
        if (place === null) return null;
        const text = await readList(place);
        return inTurn(async () => {
          const before = new Map(own.all.map((one) => [one.name, one]));
          const read = readSequences(text, own.all);
          if (!read.ok) throw new Refusal('noSequences', { file: basename(place), line: read.line });
          const counts = countedIn(
            Object.fromEntries(read.all.map((one) => [one.name, one])),
            (name) => before.has(name),
            (name, one) => saysSame(one, before.get(name)),
          );
          if (counts.added + counts.changed > 0) {
            for (const one of read.all) before.set(one.name, one);
            await change([...before.values()]);
          }
          return {
            fileName: basename(place),
            ...counts,
            refused: read.refused.slice(0, refusedShown),
          };
        });
      },
    },
  };
}

/** All of the file. */
const unread = { name: null, reason: 'noEntry', step: null, member: null } as const;

function keptIn(file: string, problem: SequencesParts['problem']): ReadSequences {
  try {
    return readSequences(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { ok: true, all: [], refused: [] };
    problem(`the sequences can't be read (${detailOf(error)})`);
    return { ok: false, line: 1 };
  }
}

/** The name of its copy. */
function keepAside(file: string, now: number): string {
  const copy = nameAside(file, { why: 'damaged', now });
  copyFileSync(file, copy);
  return basename(copy);
}
