/** The relay in the running server: its rules, their counts, the frames that wait for a person, and the rows for the window. */
import { frameTest, everyFrame } from '#shared/filter/frames';
import type { FilterFacts } from '#shared/filter/language/facts';
import type { AppError } from '#shared/contract/errors';
import type { Args, ReplyValue } from '#shared/contract/requests/index';
import { isSameTarget } from '#shared/model/dial';
import type { Peer } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import {
  mostDelayed,
  mostHeld,
  upstreamOf,
  type HeldMessage,
  type RelayRule,
  type RelaySettings,
  type RelayState,
} from '#shared/model/relay';
import { cmdOfMessage, type WireMessage } from '#shared/model/message';
import { isOpenSale } from '#shared/model/order';
import { readJson } from '../../core/protocol/json';
import type { Connection } from '../link/connection';
import type { MachineServer } from '../link/machineServer';
import { GivingBack, type GivingBackParts } from './givingBack';
import type { RelayDeps } from './relayDeps';
import type { IncomingFrame } from '../../core/connection/policy';
import type { Conversation } from '../../core/connection/conversation';
import type { Ruling } from '../../core/connection/relay';

export interface RelayingParts extends Pick<GivingBackParts, 'steady' | 'pause'> {
  readonly now: () => number;
  readonly settings: () => RelaySettings;
  readonly isVirtual: (peer: Peer) => boolean;
  readonly nameOf: (vmcNo: number) => string;
  readonly machine: (vmcNo: number) => MachineState | null;
  readonly changed: () => void;
}

/** An active rule with its compiled filter. */
interface Ready {
  readonly rule: RelayRule;
  readonly matches: (facts: FilterFacts) => boolean;
}

export class Relaying {
  readonly #parts: RelayingParts;
  readonly #hits = new Map<number, number>();
  readonly #givingBack: GivingBack;
  readonly #waived = new Map<number, number>();
  /** By connection: the rule of each item that it delays. */
  readonly #delays = new Map<number, readonly number[]>();
  #held: readonly HeldMessage[] = [];
  /** The settings of `#ready`. */
  #readied: RelaySettings | null = null;
  #ready: readonly Ready[] = [];
  #server: MachineServer | null = null;

  constructor(parts: RelayingParts) {
    this.#parts = parts;
    this.#givingBack = new GivingBack({
      ...parts,
      connections: () => this.#server?.connections ?? [],
      upstreams: () => this.#server?.upstreams,
      isSelling: (connection) => this.#isSelling(connection),
    });
  }

  /** Sets the server whose connections the relay uses. */
  serve(server: MachineServer): void {
    this.#server = server;
  }

  get deps(): RelayDeps {
    const { settings, isVirtual, changed } = this.#parts;
    return {
      settings,
      isVirtual,
      changed,
      isRight: (connection) => this.#isRight(connection, settings()),
      isRuled: () => this.#rules.some(({ rule }) => rule.when === 'always'),
      answersWhenGone: () => this.#rules.some(({ rule }) => rule.does === 'answer'),
      ruling: (incoming, conversation, isGone) => this.#rulingOf(incoming, conversation, isGone),
      followed: (rule) => this.#count(this.#hits, rule),
      waived: (rule) => this.#count(this.#waived, rule),
      mayHold: () => this.#held.length < mostHeld,
      mayDelay: () => this.#delayed < mostDelayed,
      delays: ({ conn }, by) => {
        if (by.length === 0) this.#delays.delete(conn);
        else this.#delays.set(conn, by);
        changed();
      },
      held: ({ conn, vmcNo }, { key, leg, rule, at, frame }) => {
        this.#held = [...this.#held, { conn, key, vmcNo, from: leg, at, rule, text: frame.text }];
        changed();
      },
      ended: (conn) => {
        const left = this.#held.filter((one) => one.conn !== conn);
        this.#held = left;
        this.#delays.delete(conn);
        // The machine counts among the open connections.
        if (settings().isOn) changed();
      },
      back: (target) => this.#givingBack.back(target),
    };
  }

  get state(): RelayState {
    const connections = { relayed: 0, meanwhile: 0, cutOff: 0 };
    for (const { peer } of this.#server?.connections ?? [])
      if (peer.relay !== undefined) connections[peer.relay.is] += 1;
    return {
      connections,
      calling: this.#server?.gate.waiting ?? 0,
      unreachable: this.#server?.upstreams.unreachable ?? [],
      hits: Object.fromEntries(this.#hits),
      waived: Object.fromEntries(this.#waived),
      delayed: this.#delayedBy(),
      held: this.#held,
      unproven: this.#givingBack.unproven,
      waiting: this.#givingBack.waiting,
    };
  }

  #count(counts: Map<number, number>, rule: number): void {
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
    this.#parts.changed();
  }

  get #delayed(): number {
    let sum = 0;
    for (const by of this.#delays.values()) sum += by.length;
    return sum;
  }

  #delayedBy(): Readonly<Record<number, number>> {
    const counts: Record<number, number> = {};
    for (const by of this.#delays.values()) for (const rule of by) counts[rule] = (counts[rule] ?? 0) + 1;
    return counts;
  }

  /** The person has changed the settings. Machines on another path than the settings now name are disconnected, so that they connect again. */
  settingsChanged(before: RelaySettings): void {
    const now = this.#parts.settings();
    const { rules } = now;
    for (const counts of [this.#hits, this.#waived])
      for (const id of counts.keys()) if (!rules.some((rule) => rule.id === id)) counts.delete(id);
    const msOf = (all: readonly RelayRule[], id: number): number | undefined =>
      all.find((rule) => rule.id === id && rule.isOn && rule.does === 'delay')?.ms;
    const isKept = (id: number): boolean =>
      msOf(rules, id) !== undefined && msOf(rules, id) === msOf(before.rules, id);
    for (const conn of this.#delays.keys()) this.#server?.connection(conn)?.keepDelays(isKept);
    this.#server?.upstreams.tidy();
    this.#parts.changed();
    const isRouted =
      before.isOn !== now.isOn ||
      before.serveMeanwhile !== now.serveMeanwhile ||
      JSON.stringify([before.upstream, before.ofMachines]) !== JSON.stringify([now.upstream, now.ofMachines]);
    if (!isRouted) return;
    for (const connection of this.#server?.connections ?? [])
      if (!this.#isRight(connection, now)) connection.close('relaySwitched');
  }

  #isRight({ peer, vmcNo }: Connection, settings: RelaySettings): boolean {
    const { relay } = peer;
    const wanted =
      settings.isOn && peer.dialled !== true && !this.#parts.isVirtual(peer)
        ? upstreamOf(settings, vmcNo)
        : null;
    if (relay === undefined || wanted === null) return relay === undefined && wanted === null;
    const isOther =
      relay.is === 'meanwhile' ? !settings.serveMeanwhile : relay.is === 'cutOff' && settings.serveMeanwhile;
    return isSameTarget(relay, wanted) && !isOther;
  }

  /** A machine whose order was open when its server came back may move to the server now. */
  tick(): void {
    this.#givingBack.tick();
  }

  giveBack(): ReplyValue<'giveBack'> {
    return this.#givingBack.giveNow();
  }

  #isSelling({ vmcNo }: Connection): boolean {
    if (vmcNo === null) return false;
    const now = this.#parts.now();
    return this.#parts.machine(vmcNo)?.orders.some((order) => isOpenSale(order, now)) ?? false;
  }

  /** Releases a held frame as the person decided; `null`: it was done. */
  release({ conn, key, as }: Args<'releaseHeld'>): AppError | null {
    const connection = this.#server?.connection(conn);
    const held = this.#held.find((one) => one.conn === conn && one.key === key);
    if (connection === undefined || held === undefined) return { code: 'heldGone', params: {} };
    if (!connection.isBetweenFrames(held.from === 'machine' ? 'server' : 'machine'))
      return { code: 'relayBusy', params: {} };
    const refused = connection.release(key, as);
    if (refused !== null) return { code: 'frameTooLong', params: { bytes: refused.tooLong } };
    this.#held = this.#held.filter((one) => one !== held);
    this.#parts.changed();
    return null;
  }

  get #rules(): readonly Ready[] {
    const settings = this.#parts.settings();
    if (settings === this.#readied) return this.#ready;
    this.#readied = settings;
    const now = this.#parts.now();
    this.#ready = settings.rules.flatMap((rule) => {
      const test = rule.isOn ? frameTest({ ...everyFrame, text: rule.filter }, now) : null;
      return test?.ok === true ? [{ rule, matches: test.matches }] : [];
    });
    return this.#ready;
  }

  #rulingOf(incoming: IncomingFrame, conversation: Conversation, isGone: boolean): Ruling | null {
    const rules = this.#rules;
    if (rules.length === 0) return null;
    const facts = this.#factsOf(incoming, conversation);
    const first = rules.find(({ rule, matches }) => (isGone || rule.when === 'always') && matches(facts));
    if (first === undefined) return null;
    return rulingBy(first.rule);
  }

  #factsOf({ leg, frame, message, findings, at }: IncomingFrame, { conn, vmcNo }: Conversation): FilterFacts {
    const name = vmcNo === null ? '' : this.#parts.nameOf(vmcNo);
    return {
      id: 0,
      at,
      conn,
      vmcNo,
      vmcName: name === '' ? null : name,
      kind: 'frame',
      dir: leg === 'machine' ? 'in' : 'out',
      head: frame.head,
      sequence: frame.sequence,
      cmd: cmdOfMessage(message)?.trim() ?? null,
      size: frame.bytes.length,
      text: frame.text,
      findings: [...frame.findings, ...findings],
      body: () => frame.json,
      // A rule decides before the frame is recorded.
      gap: null,
      latency: null,
      answered: null,
      peer: null,
      mark: null,
      note: null,
    };
  }
}

/** `null`: the rule lacks a part, as another version may have stored it. */
function rulingBy({ id: rule, does, answer, change, ms }: RelayRule): Ruling | null {
  switch (does) {
    case 'drop':
    case 'hold':
      return { type: does, rule };
    case 'answer':
      return { type: does, rule, body: answer === '' ? null : bodyOf(answer) };
    case 'rewrite':
      return change === undefined ? null : { type: does, rule, change };
    case 'delay':
      return ms === undefined ? null : { type: does, rule, ms };
  }
}

/** Text that a person wrote is validated where it is set. */
const bodyOf = (answer: string): WireMessage | null => {
  const { json } = readJson(answer);
  return json === null ? null : { cmd: '', ...json };
};
