/** Ways to pay, as machines and servers spell them. */

/** Other spellings of one way [ours]; machines were seen to write them in capitals and with spaces [field]. */
const spellings: readonly (readonly [way: string, spelled: RegExp])[] = [
  ['wx', /^(?:wx|wechat|weixin|微信)/],
  ['alipay', /^(?:ali|zfb|zhifubao|支付宝)/],
  // Some code that was shown, whosever.
  ['qr', /^(?:all$|qr)/],
];

/** Without what machines and servers spell in several ways: capitals, spaces, signs. */
export const plainWay = (payType: string | null): string =>
  payType?.toLowerCase().replaceAll(/[^\da-z]/g, '') ?? '';

const wayOf = (payType: string): string => {
  const letters = payType.toLowerCase().replaceAll(/[\s_-]/g, '');
  return spellings.find(([, spelled]) => spelled.test(letters))?.[0] ?? letters;
};

/** Whether both may be one way. One that is not said, or only that a code was shown, may be any. */
export function mayBeSameWay(one: string | null, other: string | null): boolean {
  const [a, b] = [wayOf(one ?? ''), wayOf(other ?? '')];
  return a === b || [a, b].some((way) => way === '' || way === 'qr');
}
