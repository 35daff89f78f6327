/** Payment types in the spellings of machines and servers. */

/** Spellings of the same type [ours]. Machines also use capitals and spaces [field]. */
const spellings: readonly (readonly [way: string, spelled: RegExp])[] = [
  ['wx', /^(?:wx|wechat|weixin|微信)/],
  ['alipay', /^(?:ali|zfb|zhifubao|支付宝)/],
  // Any shown code, of an unknown service.
  ['qr', /^(?:all$|qr)/],
];

/** Removes variations in spelling: capitals, spaces and signs. */
export const plainWay = (payType: string | null): string =>
  payType?.toLowerCase().replaceAll(/[^\da-z]/g, '') ?? '';

/** Payment types of drinks given away on purpose [field]. */
const givenAway: ReadonlySet<string> = new Set(['free', 'test']);

/** Whether drinks of this type are given away on purpose. */
export const isGivenAway = (payType: string | null): boolean => givenAway.has(plainWay(payType));

/** Whether nobody pays at the machine [field]: also `fastcode`, ordered by a server. The amount is not the product's price. */
export const isUnpaidWay = (payType: string | null): boolean =>
  isGivenAway(payType) || plainWay(payType) === 'fastcode';

const wayOf = (payType: string): string => {
  const letters = payType.toLowerCase().replaceAll(/[\s_-]/g, '');
  return spellings.find(([, spelled]) => spelled.test(letters))?.[0] ?? letters;
};

/** Whether both may be the same type. A missing type, or only "a code was shown", matches any. */
export function mayBeSameWay(one: string | null, other: string | null): boolean {
  const [a, b] = [wayOf(one ?? ''), wayOf(other ?? '')];
  return a === b || [a, b].some((way) => way === '' || way === 'qr');
}
