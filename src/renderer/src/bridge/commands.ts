import { useCallback } from 'react';
import type { CommandName } from '#shared/commands/index';
import type { AcceptableReason } from '#shared/commands/kit/possible';
import type { Args } from '#shared/contract/requests/index';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/json';
import { useCrema } from '../store';
import { commandPages } from '../store/commands';
import { isSite } from '../store/sites';
import { useHistory, type History } from './pages';
import { request, useRequest } from './request';
import { useSiteGive, type Give } from './siteCommands';

/** The commands of one machine or of all; for the whole life of the component. */
export function useCommands(vmcNo: number | null): History<Command> {
  return useHistory(() => ({
    pages: commandPages,
    read: async (before, limit) => request('commands', { vmcNo, before, limit }),
    news: (state) => state.news.commands,
    isMine: (command) => vmcNo === null || command.vmcNo === vmcNo,
  }));
}

/** Gives commands to machines of what the window shows: this computer, or a site. */
export function useGive(): Give {
  const here = useGiveHere();
  const there = useSiteGive();
  return useCrema(isSite) ? there : here;
}

function useGiveHere(): Give {
  const { run, ...rest } = useRequest('command');
  const give = useCallback(
    // The main process validates it; it is not changed on the way.
    (vmcNo: number, name: CommandName, input: JsonObject, accepted: readonly AcceptableReason[] = []) =>
      run({
        vmcNo,
        name,
        input: input as Args<'command'>['input'],
        ...(accepted.length > 0 && { accepted: [...accepted] }),
      }),
    [run],
  );
  return { ...rest, give };
}
