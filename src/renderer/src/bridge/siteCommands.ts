/** Commands to machines of the shown site. The site judges them; its answers are in the site's journal on this computer. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CommandName } from '#shared/commands/index';
import type { AcceptableReason } from '#shared/commands/kit/possible';
import type { JsonObject } from '#shared/model/json';
import { openStates, type Command } from '#shared/model/command';
import type { AppError } from '#shared/contract/errors';
import { useCrema } from '../store';
import { commandedSite } from '../store/sites';
import { shownCapture } from '../store/source';
import { request, type RequestState } from './request';

/** Newest commands that are compared with those known. */
const newest = 100;

/** Call once per page. Shows changed commands of the shown site as live ones are shown. */
export function followSiteCommands(): () => void {
  let known = new Map<number, string>();
  let shown: number | null = null;
  let seen = 0;
  return useCrema.subscribe((state) => {
    const { source } = state;
    const changes = shownCapture(state)?.site?.commands ?? null;
    const isOther = source !== shown;
    if (isOther) {
      shown = source;
      known = new Map();
      seen = 0;
    }
    if (source === null || changes === null || (!isOther && changes === seen)) return;
    seen = changes;
    const read = async (): Promise<void> => {
      const reply = await request('commands', { vmcNo: null, before: null, limit: newest });
      if (!reply.ok || useCrema.getState().source !== source) return;
      const all: readonly Command[] = reply.value;
      const changed = all.filter((one) => known.get(one.id) !== JSON.stringify(one));
      known = new Map(all.map((one) => [one.id, JSON.stringify(one)]));
      if (changed.length === 0) return;
      const { news } = useCrema.getState();
      useCrema.setState({
        running: new Map(all.filter(({ state: is }) => openStates.has(is)).map((one) => [one.id, one])),
        news: { ...news, commands: changed },
      });
    };
    void read();
  });
}

/** A command request as a button uses it. */
export interface Give extends Omit<RequestState<'command'>, 'run'> {
  /** `accepted`: reasons against the command that the person accepted. */
  readonly give: (
    vmcNo: number,
    name: CommandName,
    input: JsonObject,
    accepted?: readonly AcceptableReason[],
  ) => Promise<boolean>;
}

/** A command to a machine of the shown site, as a button uses it. Unmounting takes a request back that nobody there has allowed yet. */
export function useSiteGive(): Give {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const asking = useRef<string | null>(null);
  useEffect(
    () => () => {
      if (asking.current !== null) void request('withdrawSiteCommand', { request: asking.current });
    },
    [],
  );
  const give = useCallback<Give['give']>(async (vmcNo, name, input, accepted = []) => {
    const site = commandedSite(useCrema.getState());
    if (site === null) return false;
    const mine = crypto.randomUUID();
    asking.current = mine;
    setBusy(true);
    setError(null);
    const reply = await request('siteCommand', {
      site: site.id,
      request: mine,
      vmcNo,
      name,
      // The main process validates it; it is not changed on the way.
      input: input as never,
      ...(accepted.length > 0 && { accepted: [...accepted] }),
    });
    if (asking.current === mine) {
      asking.current = null;
      setBusy(false);
      setError(reply.ok ? null : reply.error);
    }
    return reply.ok;
  }, []);
  const clear = useCallback(() => setError(null), []);
  return { busy, error, clear, give };
}
