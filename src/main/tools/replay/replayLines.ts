/** Replay rows as text for a terminal. */
import type { ReplayDifference, ReplayRow } from '#shared/model/replay';
import { oneLine } from '#shared/visible';

/** One row as `npm run journal -- replay` prints it. */
export function linesOf({
  kind,
  step,
  cmd,
  entry,
  outcome,
  differences,
  notes,
}: ReplayRow): readonly string[] {
  const number = String(step).padStart(5);
  const name = shown(cmd ?? 'bytes');
  if (kind === 'sent') {
    const listed = notes.length === 0 ? '' : `  ${notes.map((note) => noteWords[note]).join('; ')}`;
    return [`${number}  sent    ${name}  (entry ${entry})${listed}`];
  }
  const entryNote = entry === null ? '' : `  (entry ${entry})`;
  return [
    `${number}  answer  ${name}  ${outcomeWords[outcome]}${entryNote}`,
    ...differences.filter(({ by }) => by === null).map(differenceWords),
  ];
}

const differenceWords = ({ name, recorded, now }: ReplayDifference): string =>
  `               ${shown(name)}: ${shown(recorded ?? 'absent')} -> ${shown(now ?? 'absent')}`;

/** Text of a machine, limited to 1,000 characters. */
const shown = (text: string): string => oneLine(text, 1_000);

const outcomeWords: Readonly<Record<ReplayRow['outcome'], string>> = {
  waiting: 'waiting',
  same: 'same',
  explained: 'same but for rules and clocks',
  differs: 'DIFFERENT',
  missing: 'MISSING',
  extra: 'NOT IN THE RECORDING',
};

const noteWords: Readonly<Record<ReplayRow['notes'][number], string>> = {
  unread: 'sent as it was: its body can’t be read character by character',
  signKept: 'with the recorded sign: no code is known that makes it',
  tooLong: 'sent as it was: it would be too long',
};
