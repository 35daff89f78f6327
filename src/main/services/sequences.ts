/** The workshop's own sequences: kept in a file of the data folder, out into another and in from one. */
import { copyFileSync, readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { mostSequences } from '#shared/limits';
import type { OwnSequence, OwnSequences, SequencesImport } from '#shared/model/sequence';
import { nameAside } from '../files/setAside';
import { Refusal } from '../ipc/requests';
import { writeWholeFile } from '../jobs/writeWholeFile';
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

/** No such file is as large. */
const largestFile = 8_000_000;
/** A window lists so many; what more was refused is in none of the counts. */
const refusedShown = 200;

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const byName = (a: OwnSequence, b: OwnSequence): number => (a.name < b.name ? -1 : 1);

export function sequencesService(
  parts: SequencesParts,
): Service<'keepSequence' | 'exportSequences' | 'importSequences', 'sequences'> {
  const file = join(parts.directory, 'sequences.json');
  let own: OwnSequences = { all: [], refused: [], aside: null };
  const writeTo = (place: string, all: readonly OwnSequence[]): Promise<void> =>
    writeWholeFile(place, (write) => write(Buffer.from(writeSequences(all))), new AbortController().signal);
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
      await writeTo(file, all.toSorted(byName));
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
        if (place === null) return null;
        try {
          await writeTo(place, own.all);
        } catch (error) {
          throw new Refusal('unwritable', { detail: detailOf(error) });
        }
        return basename(place);
      },
      importSequences: async (_args, { windowId }): Promise<SequencesImport | null> => {
        const place = await parts.askFile(windowId);
        if (place === null) return null;
        const text = await givenText(place);
        return inTurn(async () => {
          const before = new Map(own.all.map((one) => [one.name, one]));
          const read = readSequences(text, own.all);
          if (!read.ok) throw new Refusal('noSequences', { file: basename(place), line: read.line });
          const known = read.all.filter(({ name }) => before.has(name));
          const same = known.filter((one) => writeSequences([one]) === sameText(before.get(one.name))).length;
          if (read.all.length > same) {
            for (const one of read.all) before.set(one.name, one);
            await change([...before.values()]);
          }
          return {
            fileName: basename(place),
            added: read.all.length - known.length,
            changed: known.length - same,
            same,
            refused: read.refused.slice(0, refusedShown),
          };
        });
      },
    },
  };
}

const sameText = (one: OwnSequence | undefined): string => (one === undefined ? '' : writeSequences([one]));

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

async function givenText(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > largestFile) throw new Error(`> ${largestFile} B`);
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Refusal('fileNotOpened', { file: basename(file), detail: detailOf(error) });
  }
}
