import semver from 'semver';

/**
 * Sections of the changelog, newest first.
 * @typedef {{ version: string, date: string, text: string }} Section `version`: `Unreleased`, or one of semver's; `date`: what stands behind it
 */

/** @param {string} changelog @returns {Section[]} */
export function sectionsOf(changelog) {
  return changelog
    .split(/^(?=## )/m)
    .filter((part) => part.startsWith('## '))
    .map((part) => {
      const [, version = '', date = ''] = /^## \[([^\]]+)\](?: - (.*))?$/m.exec(part) ?? [];
      return { version, date: date.trim(), text: part.slice(part.indexOf('\n') + 1).trim() };
    });
}

/** Faults in the structure of a changelog. @param {string} changelog @returns {string[]} */
export function faultsOf(changelog) {
  const sections = sectionsOf(changelog);
  const [first, ...released] = sections;
  const faults = [];
  if (first?.version !== 'Unreleased') faults.push('its first section is not [Unreleased]');
  for (const { version, date } of released) {
    if (semver.valid(version) !== version) faults.push(`${version || 'a section'} is not a version`);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) faults.push(`${version} has no date`);
  }
  const versions = released.map(({ version }) => version).filter((version) => semver.valid(version));
  for (const [index, version] of versions.entries()) {
    const next = versions[index + 1];
    if (next !== undefined && !semver.gt(version, next)) faults.push(`${version} stands above ${next}`);
  }
  return faults;
}

/**
 * Why this version can't be released now.
 * @param {{ version: string, current: string, changelog: string, tags: readonly string[], branch: string, isClean: boolean }} facts
 * @returns {string[]}
 */
export function hindrances({ version, current, changelog, tags, branch, isClean }) {
  if (semver.valid(version) !== version) return [`"${version}" is not a version: X.Y.Z, or X.Y.Z-rc.1`];
  const found = [];
  if (semver.lt(version, current)) found.push(`package.json has ${current} already, which is newer`);
  if (tags.includes(`v${version}`)) found.push(`there is a tag v${version}`);
  for (const fault of faultsOf(changelog)) found.push(`CHANGELOG.md: ${fault}`);
  const section = sectionsOf(changelog).find((one) => one.version === version);
  if (section === undefined) found.push(`CHANGELOG.md has no section [${version}]`);
  else if (section.text === '') found.push(`CHANGELOG.md says nothing of ${version}`);
  if (branch !== 'main') found.push(`this is ${branch || 'no branch'}, not main`);
  if (!isClean) found.push('there are changes that are not committed');
  return found;
}
