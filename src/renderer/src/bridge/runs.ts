import { useEffect, useMemo, useState } from 'react';
import type { Command } from '#shared/model/command';
import type { Run, RunMachine } from '#shared/model/run';
import { useCrema } from '../store';
import { linesOf, runPages } from '../store/runs';
import { useHistory, type History } from './pages';
import { request } from './request';

/** All runs; for the whole life of the component. */
export function useRuns(): History<Run> {
  return useHistory(() => ({
    pages: runPages,
    read: async (before, limit) => request('runs', { before, limit }),
    news: (state) => state.news.runs,
    isMine: () => true,
  }));
}

/** Commands of a run, by number. Never throws: unreadable commands are left out. */
export async function runCommands(run: number): Promise<ReadonlyMap<number, Command>> {
  const reply = await request('runCommands', { run });
  return new Map(reply.ok ? reply.value.map((command) => [command.id, command]) : []);
}

/** The machines of a run: live for an open run, from the journal for an ended run. `null`: they are being read. */
export function useRunLines({ id, state, counts }: Run): readonly RunMachine[] | null {
  const open = useCrema((s) => s.runLines);
  const isOver = state === 'ended';
  const live = useMemo(() => (isOver ? [] : linesOf(open, id)), [isOver, open, id]);
  const [kept, setKept] = useState<readonly RunMachine[] | null>(null);
  // A late proof changes the result.
  const sums = JSON.stringify(counts);
  const [read, setRead] = useState('');
  useEffect(() => {
    if (!isOver || read === sums) return;
    let isCurrent = true;
    const readOn = async (): Promise<void> => {
      const reply = await request('runLines', { run: id });
      if (!isCurrent) return;
      if (reply.ok) setKept(reply.value);
      setRead(sums);
    };
    void readOn();
    return () => {
      isCurrent = false;
    };
  }, [id, isOver, sums, read]);
  return isOver ? kept : live;
}
