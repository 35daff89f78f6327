/**
 * The update.xml that a linux machine reads before the download. Both names come from the
 * document [doc 3.9]; the root element `Jetinno` is our interpretation [ours].
 */
import type { UpgradePackage } from '#shared/model/upgrade';
import { packagePath, type Offer } from '../host/address';

/** `origin`: scheme, host and port that the machine used. */
export function updateXml(
  { version, pathStyle, fileName }: Pick<UpgradePackage, 'version' | 'pathStyle' | 'fileName'>,
  origin: string,
  offer: Offer,
): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Jetinno>',
    `  <vendui_version>${escaped(version)}</vendui_version>`,
    `  <package_path>${escaped(packagePath(pathStyle, origin, offer, fileName))}</package_path>`,
    '</Jetinno>',
    '',
  ].join('\n');
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

function escaped(text: string): string {
  // XML 1.0 cannot express control characters, and versions have none.
  return text.replace(/\p{Cc}/gu, '').replace(/[&<>"']/g, (c) => entities.get(c) ?? c);
}
