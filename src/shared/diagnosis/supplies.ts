import type { MachineState } from '../model/machine';
import { readAmount } from '../materials';
import { effectOf } from '../model/selling';
import { rule, tab } from './kit/rule';
import { slotOf } from '../errors/codes';

/** Ids of matching materials and the entries of their reports; `null`: none. */
function suppliesThat(
  { supplies }: MachineState,
  isSuch: (raw: string) => boolean,
): { readonly evidence: readonly number[]; readonly params: { readonly materials: string } } | null {
  const such = Object.entries(supplies).filter(([, { value }]) => isSuch(value));
  if (such.length === 0) return null;
  const evidence = [...new Set(such.map(([, { entry }]) => entry))].slice(0, 3);
  return { evidence, params: { materials: such.map(([id]) => id).join(',') } };
}

/** By the machine's own count a material is empty, so its drinks are sold out. */
export const materialEmpty = rule({
  severity: 'warning',
  reads: ['supplies'],
  byTime: false,
  causes: { usedUp: null },
  when: ({ machine }) => {
    const seen = suppliesThat(machine, (raw) => {
      const amount = readAmount(raw);
      return amount.kind === 'amount' && amount.value <= 0;
    });
    return seen === null ? null : { cause: 'usedUp', ...seen };
  },
});

/** The machine reports that it does not count these materials. */
export const stockNotCounted = rule({
  severity: 'info',
  reads: ['supplies'],
  byTime: false,
  causes: { notEntered: null },
  when: ({ machine }) => {
    const seen = suppliesThat(machine, (raw) => readAmount(raw).kind === 'sentinel');
    return seen === null ? null : { cause: 'notEntered', ...seen };
  },
});

/** The machine itself reports that every product is sold out. */
export const soldOut = rule({
  severity: 'error',
  reads: ['errors'],
  // The workshop's own entries define severities too.
  byTime: true,
  causes: { materials: tab('errors') },
  when: ({ machine: { errors }, platform }) => {
    const error = errors.find(
      (one) => slotOf(one.code) === 'soldOut' && one.ending === null && effectOf(one, platform) === 'error',
    );
    return error === undefined ? null : { cause: 'materials', since: error.since, evidence: [error.entry] };
  },
});
