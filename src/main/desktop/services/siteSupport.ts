/** Both ends of commands across sites in this process: support's questions about machines here, and commands from here to other sites. */
import { hostname } from 'node:os';
import { longestAllowed, type SupportAsk } from '#shared/model/sites';
import { withoutMarkup } from '#shared/visible';
import type { Words } from '#shared/words';
import { userName } from '../audit/person';
import { granted, Refusal, type Requests } from '../ipc/requests';
import type { SiteDecision, SitesCalls, SitesEvents } from '../../sites/api';
import type { Callable } from '../../lib/threads/callable';
import type { AuditService } from './audit';
import type { Base } from './base';
import type { ServerService } from './server';
import { SupportDoor } from './supportDoor';

type Verbs = 'answerSupport' | 'siteCommand' | 'withdrawSiteCommand';

export interface SiteSupportParts extends Pick<
  Base,
  'now' | 'store' | 'screens' | 'notify' | 'openPlace' | 'words'
> {
  readonly server: Pick<ServerService, 'call' | 'journal'>;
  readonly audit: Pick<AuditService, 'takeSupportCommand'>;
  /** Until when support's commands need no question; `null`: each needs one. */
  readonly allowedUntil: () => number | null;
  /** @throws if the disk rejects it */
  readonly allowFor: (ms: number) => Promise<void>;
  readonly thread: () => Promise<Callable<SitesCalls, SitesEvents>>;
  /** The open questions have changed. */
  readonly changed: () => void;
  readonly problem: (detail: string) => void;
}

export interface SiteSupport {
  readonly asks: () => readonly SupportAsk[];
  readonly asked: (asked: SitesEvents['asked'], thread: Callable<SitesCalls, SitesEvents>) => void;
  readonly stop: () => void;
  readonly requests: Requests<Verbs>;
}

const hour = 3_600_000;

const notice: { readonly title: Words; readonly body: Words } = {
  title: { en: 'Support asks', zh: '技术支持请求操作' },
  body: { en: 'wants to send a command to machine', zh: '请求向机器下发指令：' },
};

export function siteSupport(parts: SiteSupportParts): SiteSupport {
  const { now, store, server, audit, changed, problem } = parts;
  const find = async (vmcNo: number, request: string) => {
    const journal = server.journal();
    if (journal === null) throw new Refusal('noJournal');
    return journal.query('commandOfRequest', { vmcNo, request });
  };
  const door = new SupportDoor({
    now,
    steady: () => performance.now(),
    isAllowed: () => {
      const left = (parts.allowedUntil() ?? 0) - now();
      // A clock that was set back must not extend it.
      return left > 0 && left <= longestAllowed;
    },
    canAsk: () => parts.screens().length > 0,
    refusal: ({ vmcNo, name, input, accepted }) =>
      server.call('refusalFromSite', { vmcNo, name, input, accepted }),
    give: ({ vmcNo, name, input, accepted }, from) =>
      server.call('giveFromSite', { vmcNo, name, input, accepted, from }),
    find,
    note: audit.takeSupportCommand,
    changed: () => {
      changed();
      notifyPerson();
    },
  });
  /** The time of the newest question with a notification. */
  let noticed = 0;
  const notifyPerson = (): void => {
    const ask = door.asks.at(-1);
    if (ask === undefined || ask.at <= noticed) return;
    noticed = ask.at;
    const lang = parts.words();
    parts.notify({
      title: notice.title[lang],
      body: withoutMarkup(`${ask.person} (${ask.computer}) ${notice.body[lang]} ${ask.vmcNo}`),
      onClick: () => parts.openPlace({ to: 'machine', vmcNo: ask.vmcNo }),
    });
  };
  const ticking = setInterval(() => door.tick(), 1_000).unref();
  return {
    asks: () => door.asks,
    asked: ({ key, asked }, thread) => {
      const decide = async (): Promise<SiteDecision | null> => {
        try {
          return await door.decide(asked);
        } catch (error) {
          problem(`a question of support: ${String(error)}`);
          return null;
        }
      };
      void decide().then((decision) => thread.notify('decided', { key, decision }));
    },
    stop: () => clearInterval(ticking),
    requests: {
      answerSupport: async ({ request, answer }) => {
        if (answer === 'hour') await parts.allowFor(hour);
        if (!door.answer(request, answer)) throw new Refusal('siteAskOver');
        if (answer === 'hour') door.allowAll();
        return null;
      },
      siteCommand: async ({ site, accepted = [], ...wish }) => {
        const thread = await parts.thread();
        const person = store.settings.person || userName();
        return granted(
          await thread.call('giveCommand', {
            id: site,
            wish: { ...wish, accepted, person: person.slice(0, 100), computer: hostname().slice(0, 100) },
          }),
        );
      },
      withdrawSiteCommand: async ({ request }) => {
        (await parts.thread()).notify('withdrawCommand', { request });
        return null;
      },
    },
  };
}
