/** Imports of packages, one after the other; a refused package stays listed until the next import. */
import { create } from 'zustand';
import type { AppError } from '#shared/contract/errors';
import { captureEndings } from '#shared/model/capture';
import type { UpgradePackage } from '#shared/model/upgrade';
import type { Reply } from '#shared/contract/requests/index';
import { request } from './request';

export interface RefusedPackage {
  readonly id: number;
  /** '': the person chose it in a dialog. */
  readonly file: string;
  readonly error: AppError;
}

interface Taking {
  /** The expected checksum of the next package, as typed; ''. */
  readonly expected: string;
  readonly busy: boolean;
  readonly refused: readonly RefusedPackage[];
  /** The last imported package, until it is chosen. */
  readonly taken: string | null;
  /** The machine whose question the last files were chosen in; `null`: they are for the library. */
  readonly forMachine: number | null;
}

export const useTaking = create<Taking>(() => ({
  expected: '',
  busy: false,
  refused: [],
  taken: null,
  forMachine: null,
}));

export const goneOnWith = (id: string): void =>
  useTaking.setState(({ taken }) => (taken === id ? { taken: null } : {}));

export const expectChecksum = (expected: string): void => useTaking.setState({ expected });

type Asked = Reply<'choosePackage'>;

/** Imports the file that a person chooses in the system's dialog. */
export async function choosePackage(forMachine: number | null = null): Promise<void> {
  const { expected } = useTaking.getState();
  await takeAll([{ file: '', ask: () => request('choosePackage', { expected }) }], forMachine);
}

function isCapture(name: string): boolean {
  const whole = name.toLowerCase().replace(/\.gz$/, '');
  return captureEndings.some((ending) => whole.endsWith(`.${ending}`));
}

/** [ours] Each takes a process and a second, and the series can't be cancelled. */
const mostDropped = 50;

/** Imports the files that were dropped on the window. */
export async function takeDropped(files: readonly File[], forMachine: number | null): Promise<void> {
  const { expected } = useTaking.getState();
  if (files.length > mostDropped) {
    const params = { count: files.length, max: mostDropped };
    const ask = (): Promise<Asked> =>
      Promise.resolve({ ok: false, error: { code: 'droppedTooMany', params } });
    return takeAll([{ file: '', ask }], forMachine);
  }
  await takeAll(
    files.map((file) => ({
      file: file.name,
      ask: async (): Promise<Asked> => {
        const path = window.crema.pathOf(file);
        const params = { file: file.name };
        if (isCapture(file.name)) return { ok: false, error: { code: 'droppedCapture', params } };
        if (path === '') return { ok: false, error: { code: 'droppedNowhere', params } };
        return request('takePackage', { path, expected });
      },
    })),
    forMachine,
  );
}

/** Imports a file of a machine into the library; returns the error. */
export async function backUpFetched(id: number): Promise<AppError | null> {
  const reply = await request('backUpFetched', { id });
  if (reply.ok) useTaking.setState({ taken: reply.value.id, forMachine: null });
  return reply.ok ? null : reply.error;
}

interface Take {
  readonly file: string;
  readonly ask: () => Promise<
    { readonly ok: true; readonly value: UpgradePackage | null } | Extract<Asked, { ok: false }>
  >;
}
async function takeAll(all: readonly Take[], forMachine: number | null): Promise<void> {
  useTaking.setState({ busy: true, refused: [], taken: null, forMachine });
  for (const { file, ask } of all) {
    const reply = await ask();
    if (reply.ok) {
      if (reply.value !== null) useTaking.setState({ taken: reply.value.id, expected: '' });
    } else if (reply.error.params['reason'] !== 'cancelled')
      // A cancel by the person is not an error.
      useTaking.setState(({ refused }) => ({
        refused: [...refused, { id: refused.length, file, error: reply.error }],
      }));
  }
  useTaking.setState({ busy: false });
}
