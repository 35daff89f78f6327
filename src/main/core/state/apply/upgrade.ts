import { upgrade } from '#shared/messages/upgrade';
import { androidPackageTypes, loginFieldOf } from '#shared/model/upgrade';
import { evident, on } from './on';

/** After an upgrade from any server, the machine's version is unknown until its next login. */
export const onUpgrade = on(upgrade, ({ platform, upgradesSent }, { upgradeType }, entry) => {
  const androidType = androidPackageTypes.find((type) => type === upgradeType) ?? null;
  // linux names no type [doc], and neither does a picture for android [field].
  const program = platform ?? (androidType === null ? 'linux' : 'android');
  const field = loginFieldOf({ platform: program, androidType });
  if (field === null) return null;
  const others = upgradesSent.filter(({ value }) => value !== field);
  return { upgradesSent: [...others, { ...evident(field, entry), conn: entry.conn }] };
});
