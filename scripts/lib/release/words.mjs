/**
 * @typedef {import('../../../src/main/lib/release/check.ts').ReleaseFault} ReleaseFault
 * @typedef {import('../../../src/main/lib/release/keys.ts').KeyFault} KeyFault
 * @typedef {import('../../../src/main/lib/release/check.ts').FileState} FileState
 */

export const keyFile = 'resources/release-keys.json';
export const noKeyYet = `${keyFile} has no key yet: the owner makes one with "npm run release -- --make-key" and commits ${keyFile}.`;

/** @param {ReleaseFault | KeyFault} fault @returns {string} */
export function faultWords(fault) {
  switch (fault.is) {
    case 'unreadableKeys':
      return `${keyFile} is not a list of keys.`;
    case 'damagedKey':
      return `${keyFile}: the key ${fault.id} does not fit its id. The list was changed.`;
    case 'repeatedKey':
      return `${keyFile}: the key ${fault.id} is listed twice.`;
    case 'noKeys':
      return `The signature cannot be checked. ${noKeyYet}`;
    case 'unsigned':
      return 'The release is not signed.';
    case 'unknownKey':
      return `The release is signed by a key that ${keyFile} does not list: ${fault.ids.join(', ')}.`;
    case 'wrongSignature':
      return `The signature of the key ${fault.id} does not fit SHA256SUMS. One of them was changed.`;
    case 'unreadableSums':
      return 'SHA256SUMS is not a list of SHA-256 sums.';
    case 'unreadableManifest':
      return 'release.json is not a manifest of a release.';
    case 'otherManifest':
      return 'release.json is not the file that SHA256SUMS lists. One of them was changed.';
    case 'unlikeSums':
      return `SHA256SUMS and release.json differ about ${fault.name}.`;
  }
}

/** @type {Readonly<Record<FileState, string>>} */
export const stateWords = {
  same: 'size and SHA-256 are correct',
  missing: 'missing',
  notAFile: 'not a regular file',
  otherSize: 'changed: its size differs',
  otherContent: 'changed: its SHA-256 differs',
};
