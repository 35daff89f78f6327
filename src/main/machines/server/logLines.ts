/** The lines that the running app prints on the terminal, in English. */
import {
  damagedKinds,
  type DamagedKind,
  type DamagedRows,
  type FileAside,
  type JournalStatus,
  type LostRows,
  type RefusedEntries,
  type Salvage,
} from '#shared/model/journal';
import type { Finding } from '#shared/findings';
import { addressesOf, type AddressState, type ListenerState } from '#shared/model/listener';

/**
 * The state of recording, like the banner in the window; `null`: nothing unusual. `before`: the last state reported.
 */
export function journalLine(state: JournalStatus, before: JournalStatus): string | null {
  switch (state.status) {
    case 'closed':
      return null;
    case 'open': {
      const known = before.status === 'open' ? before : null;
      const isNew = state.aside !== null && state.aside !== known?.aside;
      const aside = isNew ? [asideLine(state.aside)] : [];
      const again =
        before.status === 'failing' ? ['the disk takes records again; what waited is being written'] : [];
      const lost = (state.lost ?? 0) > (known?.lost ?? 0) ? [`${state.lost} found no room and are lost`] : [];
      const isSalvaged = state.salvage?.isOver === true && known?.salvage?.isOver !== true;
      const salvaged = isSalvaged ? [salvagedWords(state.salvage)] : [];
      const parts = [...aside, ...again, ...lost, ...salvaged];
      return parts.length === 0 ? null : `journal: ${parts.join('; ')}`;
    }
    case 'refused': {
      const what = state.version === null ? 'no journal of Crema' : `of another version (${state.version})`;
      return `journal: nothing is being recorded: the file is ${what}; it can be set aside in the window`;
    }
    case 'failing':
      return `journal: nothing is being recorded: the disk refuses (${state.detail}); records wait and are written as soon as it takes them again`;
  }
}

function asideLine({ file, why, found }: FileAside): string {
  const other = found === undefined ? '' : `; the journal found in its place is kept as ${found}`;
  switch (why) {
    case 'damaged':
      return `the file was damaged; it is kept as ${file}, and its records are being read into a new one`;
    case 'otherVersion':
      return `the earlier file is kept as ${file}, and a new one was begun`;
    case 'moved':
      return `the data folder was moved away while Crema runs; earlier records are in ${file}, and a new journal was begun${other}`;
    case 'deleted':
      return `the data folder was deleted while Crema runs; earlier records are lost, and a new journal was begun in ${file}${other}`;
  }
}

function salvagedWords({ saved, lost, lostFrom, lostTo, lostRows }: Salvage): string {
  const times = [lostFrom, lostTo].map((at) => (at === null ? '?' : new Date(at).toISOString()));
  const entries = lost === 0 ? [] : [`about ${lost} entries (${times.join(' to ')})`];
  const rows = countedRows(lostRows, lostWords);
  const unread = [...entries, ...rows];
  const rest = unread.length === 0 ? 'nothing is lost' : `these can't be read: ${unread.join(', ')}`;
  return `${saved} entries of the damaged file are in the new one; ${rest}`;
}

/** At the end, on a disk that rejects writes. */
export function rescuedLine({ waiting, lost }: RefusedEntries, file: string): string {
  return `journal: ${waiting} records that the disk refuses are written to ${file}${alsoLost(lost)}`;
}

export function lostLine({ waiting, lost, detail, gone }: RefusedEntries): string {
  const refused =
    waiting === 0
      ? `${lost} records found no room while the disk refused and are lost`
      : `${waiting} records are lost: the disk refuses them (${detail})${alsoLost(lost)}`;
  const parts = [...(waiting + lost > 0 ? [refused] : []), ...(gone === null ? [] : [goneWords(gone)])];
  return `journal: ${parts.join('; ')}`;
}

const goneWords = ({ why, file }: FileAside): string =>
  why === 'deleted'
    ? 'earlier records are lost: the data folder was deleted while Crema was running'
    : `earlier records are not in the data folder, which was moved away while Crema was running: they are in ${file}`;

const alsoLost = (lost: number): string => (lost === 0 ? '' : `; ${lost} found no room before and are lost`);

const damagedWords: Readonly<Record<DamagedKind, string>> = {
  machines: 'machine states, computed again from their entries',
  commands: 'commands',
  orders: 'orders',
  faults: 'errors',
  diagnoses: 'diagnoses',
  runs: 'runs',
  run_lines: 'machines of runs',
  marks: 'marks',
  entries: 'entries, read as far as they go',
  index: 'parts of the index, computed again',
};

/** Rows that no copy of the journal contains. */
const lostWords: Readonly<Record<DamagedKind, string>> = {
  ...damagedWords,
  machines: 'machine states',
  entries: 'entries',
  index: 'parts of the index',
};

function countedRows(rows: LostRows, words: Readonly<Record<DamagedKind, string>>): readonly string[] {
  return damagedKinds.flatMap((kind) => {
    const count = rows[kind];
    if (count === null) return [`an unknown number of ${words[kind]}`];
    return count === undefined || count === 0 ? [] : [`${count} ${words[kind]}`];
  });
}

/** `null`: nothing to report. */
export function damagedLine(rows: DamagedRows): string | null {
  const parts = countedRows(rows, damagedWords);
  return parts.length === 0 ? null : `journal: damaged and set aside: ${parts.join('; ')}`;
}

/** Another connection used a machine's number; `null`: another kind of finding. */
export function claimLine(vmcNo: number, { code, params = {} }: Finding): string | null {
  const { address, from, here } = params;
  switch (code) {
    case 'number.claimed':
      return `machines: ${address} claimed number ${vmcNo} without a matching sign; the verified machine at ${here} keeps it`;
    case 'number.taken':
      return `machines: number ${vmcNo} taken over from another address: ${address} replaced ${from}`;
    case 'number.moved':
      return `machines: number ${vmcNo} came from another address: ${address}, and before from ${from}`;
    case 'number.takenUnsigned':
      return `machines: number ${vmcNo} taken over without a matching sign: ${address} replaced the silent verified machine at ${from}`;
    default:
      return null;
  }
}

/** A listener's state in one line of plain English, for the terminal. */
export const described = (state: ListenerState): string =>
  addressesOf(state).map(describedAddress).join('; ');

function describedAddress(state: AddressState): string {
  switch (state.status) {
    case 'listening':
      return `listening on ${joined(state)}`;
    case 'waiting':
      return `no adapter of this computer has the address ${state.host} now; waiting for it`;
    case 'failed': {
      if (state.reason === 'denied')
        return `not allowed to listen on ${joined(state)}; choose a port above 1023`;
      if (state.reason !== 'inUse') return `can't listen on ${joined(state)} (${state.detail})`;
      const by = state.holder === null ? '' : ` by ${state.holder.name} (process ${state.holder.pid})`;
      const next = state.nextFree === null ? '' : `; port ${state.nextFree} is free`;
      return `port ${state.port} on ${state.host} is in use${by}${next}`;
    }
  }
}

function joined({ host, port }: { readonly host: string; readonly port: number }): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
