/** Reports the journal's state and damage to windows and the terminal. */
import type { DamagedRows, JournalStatus } from '#shared/model/journal';
import type { JournalClient } from '../../journal/api';
import type { JournalReport, ServerEvents } from './calls';
import { damagedLine, journalLine } from './logLines';

type Emit = <Name extends keyof ServerEvents>(name: Name, value: ServerEvents[Name]) => void;

export function reportJournal(journal: JournalClient, emit: Emit): void {
  let before: JournalStatus = { status: 'closed' };
  const emitState = (state: JournalStatus): void => {
    // A failing disk is reported once.
    const isSame = state.status === before.status && state.status !== 'open';
    const line = isSame ? null : journalLine(state, before);
    before = state;
    if (line !== null) emit('line', line);
    emit('journal', reportOf(journal));
  };
  journal.onState(emitState);
  emitState(journal.state);
  journal.onRestart(() => emit('journalRestarted', undefined));
  const emitDamaged = (rows: DamagedRows): void => {
    const damaged = damagedLine(rows);
    if (damaged !== null) emit('line', damaged);
    emit('journal', reportOf(journal));
  };
  journal.onDamagedRows(emitDamaged);
  emitDamaged(journal.damagedRows);
}

export function reportOf({ state, isReadable, refused, damagedRows }: JournalClient): JournalReport {
  return { status: state, isReadable, refused, damagedRows };
}
