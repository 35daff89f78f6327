/**
 * Decides about support's commands for machines of this computer. A person here allows each, or all for a time. The machines thread
 * applies the same rules as for commands of this computer. A command is given at most once: only `give` with a token gives it, a token
 * works once, and it ends with this launch.
 */
import { randomUUID } from 'node:crypto';
import { rowOf } from '#shared/commands/kit/rows';
import type { GivenFrom } from '#shared/commands/kit/given';
import type { AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import type { SupportAnswer, SupportAsk } from '#shared/model/sites';
import { decideWithin, tokenFor, type AskedCommand, type SiteDecision } from '../../sites/api';
import type { SupportCommand } from '../audit/acts';

export interface SupportDoorParts {
  readonly now: () => number;
  /** ms that no set clock changes. */
  readonly steady: () => number;
  /** Whether support's commands need no question now. */
  readonly isAllowed: () => boolean;
  /** A window is open, so that a person can be asked. */
  readonly canAsk: () => boolean;
  /** Why the machines thread would refuse it; `null`: it would not. */
  readonly refusal: (ask: SupportAsk) => Promise<AppError | null>;
  readonly give: (ask: SupportAsk, from: GivenFrom) => Promise<Command | AppError>;
  /** The command of this request as the journal has it; `unreadable`: it is damaged there; `null`: none. */
  readonly find: (vmcNo: number, request: string) => Promise<Command | 'unreadable' | null>;
  readonly note: (command: SupportCommand) => void;
  /** The open questions have changed. */
  readonly changed: () => void;
}

/** [ours] Questions to a person at the same time, and requests that are remembered. */
const mostAsks = 5;
const mostKept = 200;
/** [ours] ms without a repeated question after which support does not wait any more. */
const unheardFor = 12_000;

interface Kept {
  readonly ask: SupportAsk;
  readonly begunAt: number;
  heardAt: number;
  allowedBy: 'person' | 'time' | null;
  state:
    | { readonly is: 'checking' | 'waits' | 'given' }
    | { readonly is: 'refused'; readonly error: AppError }
    | { readonly is: 'allowed'; readonly token: string; readonly until: number }
    | { readonly is: 'giving'; readonly decision: Promise<SiteDecision> };
}

const refused = (code: AppError['code'], params: AppError['params'] = {}): SiteDecision => ({
  state: 'refused',
  error: { code, params },
});

export class SupportDoor {
  readonly #parts: SupportDoorParts;
  readonly #kept = new Map<string, Kept>();

  constructor(parts: SupportDoorParts) {
    this.#parts = parts;
  }

  /** Questions for a person here, oldest first. */
  get asks(): readonly SupportAsk[] {
    return [...this.#kept.values()].filter(({ state }) => state.is === 'waits').map(({ ask }) => ask);
  }

  async decide({ vmcNo, name, question }: AskedCommand): Promise<SiteDecision> {
    this.tick();
    const { request } = question;
    switch (question.step) {
      case 'ask': {
        const { step: _step, ...wish } = question;
        return this.#ask({ ...wish, vmcNo, name, at: this.#parts.now() });
      }
      case 'give':
        return this.#give(vmcNo, request, question.token);
      case 'outcome':
        return this.#outcome(vmcNo, request);
      case 'withdraw':
        return this.#withdraw(request);
    }
  }

  /** A person's answer. `false`: support does not wait any more. */
  answer(request: string, answer: SupportAnswer): boolean {
    const kept = this.#kept.get(request);
    if (kept?.state.is !== 'waits') return false;
    if (answer === 'refuse') this.#refuse(kept, { code: 'siteRefused', params: {} });
    else this.#allow(kept, 'person');
    this.#parts.changed();
    return true;
  }

  /** All open questions are allowed: the person allowed support's commands for a time. */
  allowAll(): void {
    for (const kept of this.#kept.values()) if (kept.state.is === 'waits') this.#allow(kept, 'time');
    this.#parts.changed();
  }

  /** Ends questions that nobody answered or that support no longer asks. Call it once a second. */
  tick(): void {
    const now = this.#parts.steady();
    let isChanged = false;
    for (const [request, kept] of this.#kept) {
      if (kept.state.is === 'waits') {
        if (now - kept.heardAt > unheardFor) this.#kept.delete(request);
        else if (now - kept.begunAt > decideWithin)
          this.#refuse(kept, { code: 'siteNobodyThere', params: {} });
        else continue;
        isChanged = true;
      } else if (now - kept.heardAt > 10 * decideWithin && kept.state.is !== 'giving')
        this.#kept.delete(request);
    }
    if (isChanged) this.#parts.changed();
  }

  #allow(kept: Kept, by: 'person' | 'time'): void {
    kept.allowedBy = by;
    kept.state = { is: 'allowed', token: randomUUID(), until: this.#parts.steady() + tokenFor };
  }

  #refuse(kept: Kept, error: AppError): void {
    kept.state = { is: 'refused', error };
    this.#parts.note({ wish: kept.ask, allowedBy: kept.allowedBy, given: error });
  }

  async #ask(ask: SupportAsk): Promise<SiteDecision> {
    const known = this.#kept.get(ask.request);
    if (known !== undefined) {
      known.heardAt = this.#parts.steady();
      return this.#answerTo(known);
    }
    // It was given in an earlier launch, or so long ago that it is forgotten.
    if ((await this.#parts.find(ask.vmcNo, ask.request)) !== null) return refused('siteTooLate');
    if (rowOf(ask.name).needs !== null) return refused('siteNotAcross', { name: ask.name });
    if (this.#kept.size >= mostKept || this.#kept.has(ask.request)) return refused('siteBusy');
    const now = this.#parts.steady();
    const kept: Kept = { ask, begunAt: now, heardAt: now, allowedBy: null, state: { is: 'checking' } };
    this.#kept.set(ask.request, kept);
    await this.#check(kept);
    return this.#answerTo(kept);
  }

  async #check(kept: Kept): Promise<void> {
    try {
      const error = await this.#parts.refusal(kept.ask);
      if (error !== null) this.#refuse(kept, error);
      else if (this.#parts.isAllowed()) this.#allow(kept, 'time');
      else if (!this.#parts.canAsk()) this.#refuse(kept, { code: 'siteNobodyThere', params: {} });
      else if (this.asks.length >= mostAsks) this.#refuse(kept, { code: 'siteBusy', params: {} });
      else {
        kept.state = { is: 'waits' };
        this.#parts.changed();
      }
    } catch (error) {
      this.#kept.delete(kept.ask.request);
      throw error;
    }
  }

  #answerTo({ state }: Kept): SiteDecision {
    switch (state.is) {
      case 'checking':
      case 'waits':
        return { state: 'waits' };
      case 'refused':
        return { state: 'refused', error: state.error };
      case 'allowed':
        return this.#parts.steady() < state.until
          ? { state: 'allowed', token: state.token }
          : refused('siteTooLate');
      case 'giving':
      case 'given':
        return refused('siteTooLate');
    }
  }

  async #give(vmcNo: number, request: string, token: string): Promise<SiteDecision> {
    const kept = this.#kept.get(request);
    if (kept?.state.is !== 'allowed') return this.#outcome(vmcNo, request);
    if (kept.state.token !== token) return { state: 'unknown' };
    if (this.#parts.steady() >= kept.state.until) return refused('siteTooLate');
    const decision = this.#carryOut(kept);
    kept.state = { is: 'giving', decision };
    return decision;
  }

  async #carryOut(kept: Kept): Promise<SiteDecision> {
    const { ask, allowedBy } = kept;
    const { request, person, computer } = ask;
    try {
      const given = await this.#parts.give(ask, { request, person, computer });
      if ('code' in given) {
        this.#refuse(kept, given);
        return { state: 'refused', error: given };
      }
      this.#parts.note({ wish: ask, allowedBy, given });
      return { state: 'given', command: given };
    } catch {
      // The machines thread ended meanwhile. Only the journal shows whether the frame was sent.
      return { state: 'unknown' };
    } finally {
      if (kept.state.is === 'giving') kept.state = { is: 'given' };
    }
  }

  async #outcome(vmcNo: number, request: string): Promise<SiteDecision> {
    const kept = this.#kept.get(request);
    if (kept !== undefined) {
      kept.heardAt = this.#parts.steady();
      if (kept.state.is === 'giving') return kept.state.decision;
      if (kept.state.is === 'refused') return { state: 'refused', error: kept.state.error };
    }
    const command = await this.#parts.find(vmcNo, request);
    return command === null || command === 'unreadable' ? { state: 'unknown' } : { state: 'given', command };
  }

  #withdraw(request: string): SiteDecision {
    const kept = this.#kept.get(request);
    if (kept !== undefined && (kept.state.is === 'waits' || kept.state.is === 'allowed')) {
      this.#refuse(kept, { code: 'siteWithdrawn', params: {} });
      this.#parts.changed();
    }
    return { state: 'unknown' };
  }
}
