/**
 * What a linux machine reads before it downloads. The two names are the document's [doc 3.9]; that they are elements of a root
 * `Jetinno` is our reading [ours].
 */
import type { UpgradePackage } from '#shared/model/upgrade';
import { packagePath, type Offer } from '../host/address';

/** `origin`: scheme, host and port by which the machine reached us. */
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
  // XML 1.0 has no way at all to write control characters; a version has none to lose.
  return text.replace(/\p{Cc}/gu, '').replace(/[&<>"']/g, (c) => entities.get(c) ?? c);
}
