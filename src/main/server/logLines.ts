/** The lines that the running app prints on the terminal, in English. */
import { damagedKinds, type DamagedKind, type DamagedRows } from '#shared/model/journal';
import type { ListenerState } from '#shared/model/listener';
import type { OpenResult } from '../journal/client/calls';

/** `null`: there is nothing to say about how the journal was opened. */
export function journalLine(opened: OpenResult): string | null {
  switch (opened.kind) {
    case 'open':
      return opened.damagedCopy === null
        ? null
        : `journal: the file was damaged; it is kept as ${opened.damagedCopy}`;
    case 'otherVersion': {
      const what = opened.version === null ? 'no journal of Crema' : `of another version (${opened.version})`;
      return `journal: the file is ${what}; nothing is recorded until it is set aside`;
    }
    case 'failed':
      return `journal: can't be opened (${opened.detail}); nothing is recorded in this run`;
  }
}

const damagedWords: Readonly<Record<DamagedKind, string>> = {
  machines: 'machine states, computed again from their entries',
  commands: 'commands',
  orders: 'orders',
  faults: 'errors',
  marks: 'marks',
  entries: 'entries, read as far as they go',
  index: 'parts of the index, computed again',
};

/** `null`: there is nothing to say. */
export function damagedLine(rows: DamagedRows): string | null {
  const parts = damagedKinds.flatMap((kind) => {
    const count = rows[kind] ?? 0;
    return count === 0 ? [] : [`${count} ${damagedWords[kind]}`];
  });
  return parts.length === 0 ? null : `journal: damaged and set aside: ${parts.join('; ')}`;
}

/** A listener's state in one line of plain English, for the terminal. */
export function described(state: Exclude<ListenerState, { status: 'off' }>): string {
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
