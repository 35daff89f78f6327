import { upgrade } from '#shared/messages/upgrade';
import { androidPackageTypes, loginFieldOf } from '#shared/model/upgrade';
import { evident, on } from './on';

/** Whoever sent it: until its next login nobody knows which version the machine runs. */
export const apply = on(upgrade, ({ platform, upgradesSent }, { upgradeType }, entry) => {
  const androidType = androidPackageTypes.find((type) => type === upgradeType) ?? null;
  // linux names no type [doc], and a picture for android has none [field].
  const program = platform ?? (androidType === null ? 'linux' : 'android');
  const field = loginFieldOf({ platform: program, androidType });
  if (field === null) return null;
  const others = upgradesSent.filter(({ value }) => value !== field);
  return { upgradesSent: [...others, { ...evident(field, entry), conn: entry.conn }] };
});
