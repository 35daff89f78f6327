import type { MachineState } from '../../model/machine';

/** Ids of matching materials and the entries of their reports; `null`: none. */
export function suppliesThat(
  { supplies }: MachineState,
  isSuch: (raw: string) => boolean,
): { readonly evidence: readonly number[]; readonly params: { readonly materials: string } } | null {
  const such = Object.entries(supplies).filter(([, { value }]) => isSuch(value));
  if (such.length === 0) return null;
  const evidence = [...new Set(such.map(([, { entry }]) => entry))].slice(0, 3);
  return { evidence, params: { materials: such.map(([id]) => id).join(',') } };
}
