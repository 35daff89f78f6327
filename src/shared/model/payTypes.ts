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

const wayOf = (payType: string): string => {
  const letters = payType.toLowerCase().replaceAll(/[\s_-]/g, '');
  return spellings.find(([, spelled]) => spelled.test(letters))?.[0] ?? letters;
};

/** Whether both may be the same type. A missing type, or only "a code was shown", matches any. */
export function mayBeSameWay(one: string | null, other: string | null): boolean {
  const [a, b] = [wayOf(one ?? ''), wayOf(other ?? '')];
  return a === b || [a, b].some((way) => way === '' || way === 'qr');
}
