/** The parts of a request that the audit trail keeps. They never contain a verification code or a picture. */
import {
  requests,
  type Args,
  type AuditedName,
  type OwnAuditName,
  type ReplyValue,
} from '#shared/contract/requests/index';
import type { DialTarget } from '#shared/model/dial';
import type { AppError } from '#shared/contract/errors';
import type { AuditNote } from '#shared/contract/audit';
import type { Command } from '#shared/model/command';
import type { HeldMessage } from '#shared/model/relay';
import type { RunCommand } from '#shared/model/run';
import type { SitesState, SupportAsk } from '#shared/model/sites';
import type { Settings } from '#shared/model/settings';

interface Act {
  readonly vmcNo?: number | null;
  readonly what?: AuditNote['what'];
}

/** State at the time of the request. The request may remove the state that its own line needs. */
export interface Before {
  readonly settings: Pick<Settings, 'ownErrors' | 'ownProducts'>;
  readonly running: readonly Pick<Command, 'id' | 'vmcNo'>[];
  readonly held: readonly Pick<HeldMessage, 'conn' | 'key' | 'vmcNo'>[];
  readonly sites: SitesState;
}

/**
 * `value`: the answer; `null` for a refused request. Gives `null` if nothing happened, for example if no file was chosen,
 * and several acts if one request changed several machines.
 */
type ActOf<V extends OwnAuditName> = (
  args: Args<V>,
  value: ReplyValue<V> | null,
  isDone: boolean,
  before: Before,
) => Act | readonly Act[] | null;

const plain = (what: object): Act => ({ what: JSON.parse(JSON.stringify(what)) as AuditNote['what'] });

/** All arguments; the machine's number has its own column. */
function allArguments(args: { readonly vmcNo?: number | null } | undefined): Act {
  const { vmcNo = null, ...what } = args ?? {};
  return { vmcNo, ...plain(what) };
}

/** An import of a list; if no file was chosen, nothing was done. */
function readIn(
  value: { readonly fileName: string; readonly added: number; readonly changed: number } | null,
  isDone: boolean,
): Act | null {
  if (value === null) return isDone ? null : {};
  return plain({ file: value.fileName, added: value.added, changed: value.changed });
}

const ofCommand = (args: { readonly id: number }, { running }: Before): Act => ({
  vmcNo: running.find(({ id }) => id === args.id)?.vmcNo ?? null,
  ...plain(args),
});

const siteName = (id: string, { sites }: Before): string =>
  sites.sites.find((one) => one.id === id)?.name ?? id;

/** Keys with a changed or removed value. */
function differing(
  before: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): string {
  const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...keys].filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key])).join(' ');
}

const addressText = ({ host, port }: DialTarget): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

const acts: { readonly [V in OwnAuditName]: ActOf<V> } = {
  listenOn: ({ hosts, port }) => plain({ host: hosts.join(' '), port }),
  followAdapter: ({ name, to, yes }) => plain({ name, host: to, yes }),
  setDirectLink: ({ link, host }) =>
    plain(link === null ? { vmcNo: null } : { ...link, ...(host !== null && { host }) }),
  setDials: ({ dials }) =>
    plain({
      dials: dials.map(addressText).join(' '),
    }),
  setRelay: ({ relay: { isOn, rules, ofMachines, upstream, serveMeanwhile } }) =>
    plain({
      on: isOn,
      serveMeanwhile,
      upstream: upstream === null ? '' : addressText(upstream),
      ofMachines: ofMachines.map((one) => `${one.vmcNo}: ${addressText(one)}`).join(' '),
      rules: rules
        .map(({ id, filter, does, when, change, ms, isOn: isKept }) =>
          [
            `${id}:`,
            filter,
            `→ ${does}`,
            ...(does === 'rewrite' && change !== undefined ? [`${change.member} = ${change.value}`] : []),
            ...(does === 'delay' && ms !== undefined ? [`${ms} ms`] : []),
            ...(when === 'gone' ? ['(gone)'] : []),
            ...(isKept ? [] : ['(off)']),
          ].join(' '),
        )
        .join('; '),
      answers: rules.flatMap(({ id, answer }) => (answer === '' ? [] : [`${id}: ${answer}`])).join('; '),
    }),
  giveBack: (_args, value) => plain({ ...value }),
  releaseHeld: ({ conn, key, as }, _value, _isDone, { held }) => ({
    vmcNo: held.find((one) => one.conn === conn && one.key === key)?.vmcNo ?? null,
    ...plain({ conn, key, ...as }),
  }),
  sendFrame: ({ vmcNo, to, content }, value) => ({
    vmcNo,
    ...plain({ ...content, end: to, entry: value?.id }),
  }),
  startReplay: ({ to, filter, ids, capture, pace, rules }) => ({
    vmcNo: to.vmcNo,
    ...plain({
      role: to.role,
      ...(to.role === 'machine' && { server: addressText(to.server) }),
      capture,
      ...(filter.text !== '' && { filter: filter.text }),
      frames: ids?.length,
      pace: String(pace),
      rewritten: rules.join(' '),
    }),
  }),
  command: ({ vmcNo, name, input, accepted }, value) => ({
    vmcNo,
    ...plain({ id: value?.id, name, input, accepted: accepted?.join(' ') }),
  }),
  siteCommand: ({ site, request, vmcNo, name, input, accepted }, value, _isDone, before) => ({
    vmcNo,
    ...plain({
      site: siteName(site, before),
      id: value?.id,
      request,
      name,
      input,
      accepted: accepted?.join(' '),
    }),
  }),
  sendSiteFile: ({ id }, value, isDone, before) =>
    value === null && isDone ? null : plain({ site: siteName(id, before), file: value?.fileName }),
  fetchSiteFile: ({ id, name }, value, isDone, before) =>
    value === null && isDone ? null : plain({ site: siteName(id, before), file: name }),
  removeSiteFile: ({ id, name, file }, _value, _isDone, before) =>
    plain({ site: siteName(id, before), file: name === '' ? file : name }),
  answerSupport: ({ request, answer }, _value, _isDone, { sites }) => {
    const ask = sites.asks.find((one) => one.request === request);
    return {
      vmcNo: ask?.vmcNo ?? null,
      ...plain({ answer, name: ask?.name, person: ask?.person, computer: ask?.computer, request }),
    };
  },
  cancelCommand: (args, _value, _isDone, before) => ofCommand(args, before),
  sendAnyway: (args, _value, _isDone, before) => ofCommand(args, before),
  setCommandWait: (args, _value, _isDone, before) => ofCommand(args, before),
  startRun: ({ machines: promised, leftOut, ...wish }, value) => {
    const lost = new Set(value?.changed.flatMap(({ vmcNo, refused }) => (refused === null ? [] : vmcNo)));
    const machines = promised.filter((vmcNo) => !lost.has(vmcNo));
    const others = [...leftOut.map(({ vmcNo }) => vmcNo), ...promised.filter((vmcNo) => lost.has(vmcNo))];
    return {
      vmcNo: promised.length === 1 ? (promised[0] ?? null) : null,
      ...plain({
        id: value?.run?.id,
        machines,
        ...(others.length > 0 && { leftOut: others }),
        ...wish,
      }),
    };
  },
  retryRun: (args, value) => plain({ ...args, id: value?.id }),
  goBack: ({ run }, value) => plain({ run, ids: value?.runs.map(({ id }) => id) }),
  keepSequence: ({ before, sequence }) => plain({ before, name: sequence?.name, steps: sequence?.steps }),
  importSequences: (_args, value, isDone) => readIn(value, isDone),
  choosePackage: (_args, value, isDone) =>
    value === null && isDone ? null : plain({ file: value?.fileName, id: value?.id }),
  takePackage: (_args, value) => plain({ file: value?.fileName, id: value?.id }),
  changePackage: ({ id, patch }) => plain({ id, ...patch }),
  // Catalogue entries are long, and stored in the settings: the codes of changed entries are enough.
  setSettings: ({ ownErrors, ownProducts, ...patch }, _value, _isDone, { settings }) =>
    plain({
      ...patch,
      ...(ownErrors !== undefined && { ownErrors: differing(settings.ownErrors, ownErrors) }),
      ...(ownProducts !== undefined && { ownProducts: differing(settings.ownProducts, ownProducts) }),
    }),
  importOwnErrors: (_args, value, isDone) => readIn(value, isDone),
  importProducts: (_args, value, isDone) => readIn(value, isDone),
  setMachine: ({ vmcNo, patch }) => ({ vmcNo, ...plain(patch) }),
  setMachineCode: ({ vmcNo, code }) => ({ vmcNo, what: { isSet: code !== null } }),
  setMachinePhoto: ({ vmcNo, picture }) => ({ vmcNo, what: { isSet: picture !== null } }),
  takeRegistry: (_args, value) =>
    value === null || value.changes.length === 0
      ? plain({ file: value?.file })
      : value.changes.map(({ vmcNo, patch }) => ({ vmcNo, ...plain({ file: value.file, ...patch }) })),
  forgetStrangers: ({ most }, value) => plain({ count: value?.forgotten ?? most }),
};

/** A command that a run sent. The screen is the page of the run. */
export const noteOfRun = ({ run, vmcNo, name, input, given }: RunCommand): AuditNote => ({
  screen: `/work/runs/${run}`,
  act: 'runCommand',
  vmcNo,
  what: plain({ run, ...('code' in given ? {} : given), name, input }).what ?? {},
  refused: 'code' in given ? { code: given.code, params: { ...given.params } } : null,
});

/** A command of support for a machine of this computer. */
export interface SupportCommand {
  readonly wish: Pick<
    SupportAsk,
    'request' | 'vmcNo' | 'name' | 'input' | 'accepted' | 'person' | 'computer'
  >;
  /** `person`: one here allowed it. `time`: all were allowed for a time. `null`: nobody did. */
  readonly allowedBy: 'person' | 'time' | null;
  readonly given: { readonly id: number } | AppError;
}

/** Has the name of the person at support and of its computer. The line of `answerSupport` names the person here. */
export const noteOfSupport = ({ wish, allowedBy, given }: SupportCommand): AuditNote => {
  const { vmcNo, accepted, ...what } = wish;
  const isGiven = 'id' in given;
  return {
    screen: '',
    act: 'supportCommand',
    vmcNo,
    what:
      plain({
        ...(isGiven && { id: given.id }),
        ...what,
        ...(accepted.length > 0 && { accepted: accepted.join(' ') }),
        ...(allowedBy !== null && { allowedBy }),
      }).what ?? {},
    refused: isGiven ? null : { code: given.code, params: { ...given.params } },
  };
};

/** An empty list: nothing is kept. `refused`: the error, instead of `value`. */
export function notesOf<V extends AuditedName>(
  verb: V,
  args: Args<V>,
  {
    value,
    refused,
    before,
  }: {
    readonly value: ReplyValue<V> | null;
    readonly refused: AuditNote['refused'];
    readonly before: Before;
  },
): readonly Omit<AuditNote, 'screen'>[] {
  const done =
    requests[verb].audit === 'own'
      ? (acts[verb as OwnAuditName] as ActOf<OwnAuditName>)(
          args as Args<OwnAuditName>,
          value as ReplyValue<OwnAuditName> | null,
          refused === null,
          before,
        )
      : allArguments(args as { readonly vmcNo?: number | null } | undefined);
  const all: readonly Act[] =
    done === null ? [] : Array.isArray(done) ? (done as readonly Act[]) : [done as Act];
  return all.map(({ vmcNo = null, what = {} }) => ({ act: verb, vmcNo, what, refused }));
}
