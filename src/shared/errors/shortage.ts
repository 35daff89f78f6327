/** Materials that an error reports as empty or low. The machine's own count may say otherwise. */
import { materialIds } from '../materials';
import { lookupErrorCode } from './codes';

export type Shortage = 'empty' | 'low';

const { water, beans, sugar } = materialIds;
const known: ReadonlyMap<string, readonly [material: string, is: Shortage]> = new Map([
  ['ERROR:5700', [beans, 'empty']],
  ['ERROR:5900', [water, 'empty']],
  ['ERROR:5901', [water, 'empty']],
  ['ERROR:5902', [water, 'empty']],
  ['WARNING:01', [sugar, 'low']],
  ['WARNING:02', [water, 'low']],
]);

/** By material id; empty outweighs low. */
export function shortagesOf(codes: readonly string[]): ReadonlyMap<string, Shortage> {
  const found = new Map<string, Shortage>();
  for (const code of codes) {
    const id = lookupErrorCode(code)?.id ?? '';
    const lowMaterial = /^WARNING:(\d{4,9})$/.exec(id)?.[1];
    const [material, is] = known.get(id) ?? [lowMaterial, 'low' as const];
    if (material !== undefined && found.get(material) !== 'empty') found.set(material, is);
  }
  return found;
}
