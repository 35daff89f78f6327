/** The audit trail of the app: people's requests with their results, and the ends of their commands. */
import { basename } from 'node:path';
import type { AuditNote } from '#shared/contract/audit';
import { isAudited, requestNames, type AuditedName, type ReplyValue } from '#shared/contract/requests/index';
import type { AuditEnd } from '#shared/model/audit';
import { openStates, type Command } from '#shared/model/command';
import type { RunCommand } from '#shared/model/run';
import { notesOf, noteOfRun, noteOfSupport, type Before, type SupportCommand } from '../audit/acts';
import { userName } from '../audit/person';
import { AuditBook } from '../audit/book';
import { filesOf, knownEnd, notedEnd } from '../audit/lines';
import { saveAudit } from '../audit/save';
import { AuditTrail } from '../audit/trail';
import { Refusal, type Handler, type Handlers } from '../ipc/requests';
import { refuseOwnFile, writeWholeFile } from '../../lib/files/writeWholeFile';
import type { Write } from '../../core/captures/types';
import type { Base } from './base';
import type { Changed, Service } from './service';

/** The journal keeps the chain's ends too. A person who wants to change the trail without a trace must change both. */
interface Anchors {
  readonly read: () => Promise<readonly AuditEnd[]>;
  readonly keep: (end: AuditEnd) => Promise<unknown>;
}

export interface AuditParts {
  readonly file: string;
  readonly now: () => number;
  /** The name in Settings, or ''. */
  readonly name: () => string;
  readonly before: () => Before;
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  readonly changed: Changed;
  readonly problem: (detail: string) => void;
}

export interface AuditService extends Service<'audit' | 'exportAudit', 'audit'> {
  /** The same handlers, but audited requests are noted. */
  readonly noting: (handlers: Handlers) => Handlers;
  /** Commands that runs sent. Each is a line, as if a person had sent it. */
  readonly takeRunCommands: (commands: readonly RunCommand[]) => void;
  /** A command that support gave, or that was refused. */
  readonly takeSupportCommand: (command: SupportCommand) => void;
  /** Starts when the journal is readable, and stops before it closes. */
  readonly anchoring: (kept: Anchors) => Service;
  /** Records that the disk refused were written to this file. */
  readonly rescued: (file: string) => void;
  /** Changed commands. The end of each is noted once. */
  readonly take: (commands: readonly Command[]) => void;
}

/** Ended commands in memory. A command with late proof is noted once more; no command is noted twice. */
const remembered = 10_000;
/** The journal gets the chain's end again after so many lines. */
const anchorEvery = 100;
/** ms that the journal has to store the last end. */
const stopTimeoutMs = 2_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

export const audit = (base: Base): AuditService => {
  const { feed, store } = base;
  const service = auditService({
    ...base,
    file: base.dataPath('audit.jsonl'),
    name: () => store.settings.person,
    before: () => ({
      settings: store.settings,
      running: feed.rows('running'),
      held: feed.value('relay').held,
      sites: feed.value('sites'),
    }),
    askPlace: base.ask.place,
    problem: base.log.from('audit').problem,
  });
  feed.onNews('commands', service.take);
  return service;
};

export function auditService(parts: AuditParts): AuditService {
  const user = userName();
  const anchors = new Map<number, string>();
  const book: AuditBook = new AuditBook(
    parts.file,
    () => anchors,
    () => trail.written(),
  );
  /** The trail does not depend on the journal: without it, only the end file proves the end. */
  const keepAnchor = async (to: Anchors, { n, hash }: AuditEnd): Promise<void> => {
    if (anchors.has(n)) return;
    anchors.set(n, hash);
    await to.keep({ n, hash }).catch((error: unknown) => parts.problem(detailOf(error)));
  };
  /** Where to write lines that the disk refuses at the end; `null`: nowhere. */
  let elsewhere: string | null = null;
  /** `null`: the journal is not readable yet, or closes. */
  let keeper: Anchors | null = null;
  const trail: AuditTrail = new AuditTrail({
    file: parts.file,
    now: parts.now,
    who: () => ({ user, name: parts.name() }),
    anchors: () => anchors,
    written: (found, left) => {
      book.written(found, left);
      const { end } = trail;
      if (keeper !== null && end !== null && end.n >= knownEnd(null, anchors).n + anchorEvery)
        void keepAnchor(keeper, end);
    },
    changed: () => parts.changed('audit'),
    elsewhere: () => elsewhere,
    problem: parts.problem,
  });
  const ended = new Map<number, string>();
  const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

  const noting =
    <V extends AuditedName>(verb: V, handler: Handler<V>): Handler<V> =>
    async (args, sender) => {
      // A request about an opened capture changes no live data.
      if (sender.capture !== null) return handler(args, sender);
      const before = parts.before();
      const note = (value: ReplyValue<V> | null, refused: AuditNote['refused']): void => {
        for (const one of notesOf(verb, args, { value, refused, before }))
          trail.note({ ...one, screen: sender.screen });
      };
      try {
        const value = await handler(args, sender);
        note(value, null);
        return value;
      } catch (error) {
        const refused =
          error instanceof Refusal
            ? error.error
            : { code: 'internal', params: { detail: detailOf(error).slice(0, 300) } };
        note(null, { code: refused.code, params: { ...refused.params } });
        throw error;
      }
    };

  return {
    live: { audit: () => trail.state },
    stop: () => trail.stop(),
    anchoring: (kept) => ({
      live: {},
      requests: {},
      start: async () => {
        const known = await kept.read().catch((error: unknown) => {
          parts.problem(detailOf(error));
          return [];
        });
        for (const { n, hash } of known) anchors.set(n, hash);
        book.forget();
        keeper = kept;
        await trail.written();
        const noted = notedEnd(parts.file);
        if (noted !== null) await keepAnchor(kept, noted);
      },
      stop: async () => {
        keeper = null;
        await trail.written();
        // A hanging server is not awaited.
        if (trail.end !== null) await Promise.race([keepAnchor(kept, trail.end), pause(stopTimeoutMs)]);
      },
    }),
    noting: (handlers) =>
      Object.fromEntries(
        requestNames.map((name) => [name, isAudited(name) ? noting(name, handlers[name]) : handlers[name]]),
      ) as unknown as Handlers,
    rescued: (file) => {
      elsewhere = `${file}.audit.jsonl`;
    },
    takeRunCommands: (commands) => {
      for (const command of commands) trail.note(noteOfRun(command));
    },
    takeSupportCommand: (command) => trail.note(noteOfSupport(command)),
    take: (commands) => {
      for (const { id, vmcNo, name, state, steps } of commands) {
        if (openStates.has(state) || ended.get(id) === state) continue;
        ended.set(id, state);
        const [oldest] = ended.keys();
        if (ended.size > remembered && oldest !== undefined) ended.delete(oldest);
        const last = steps.at(-1);
        const { what = null, entry = null } = last ?? {};
        const params = last?.params ?? {};
        trail.note({
          screen: '',
          act: 'commandEnded',
          vmcNo,
          what: { id, name, state, step: what, ...(Object.keys(params).length > 0 && { params }), entry },
          refused: null,
        });
      }
    },
    requests: {
      audit: async ({ filter, before, limit }) => {
        await trail.written();
        try {
          return await book.page(filter, before, limit);
        } catch (error) {
          throw new Refusal('fileNotOpened', { file: basename(parts.file), detail: detailOf(error) });
        }
      },
      exportAudit: async ({ filter, as, words }, { windowId }) => {
        await trail.written();
        const target = await parts.askPlace(windowId, `crema-audit.${as}`);
        if (target === null) return null;
        try {
          await refuseOwnFile(filesOf(parts.file), target, 'choose a file other than the audit trail');
          const save = (write: Write): Promise<void> =>
            saveAudit(parts.file, book, { filter, as, words }, write);
          await writeWholeFile(target, save, new AbortController().signal);
        } catch (error) {
          throw new Refusal('unwritable', { detail: detailOf(error) });
        }
        return basename(target);
      },
    },
  };
}
