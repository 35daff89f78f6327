import { execFileSync } from 'node:child_process';
import { beforeEach, expect, it } from 'vitest';
import { sharedRevision } from '../../../scripts/lib/revision.mjs';
import { useFolder } from '../../builders/useFolder';

const folder = useFolder();
const git = (/** @type {string[]} */ ...args) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    cwd: folder(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
const commit = () => {
  git('commit', '--allow-empty', '-qm', 'a change');
  return git('rev-parse', 'HEAD');
};
beforeEach(() => {
  git('init', '-q', '-b', 'main');
});

it('a branch without an upstream compares with the commit before the last', async () => {
  const first = commit();
  expect(await sharedRevision(folder())).toBe('HEAD');
  commit();
  expect(await sharedRevision(folder())).toBe(first);
});

it('a branch compares with the commit where it left its upstream', async () => {
  commit();
  const shared = commit();
  git('branch', 'theirs');
  git('branch', '--set-upstream-to=theirs');
  // Nothing to push.
  expect(await sharedRevision(folder())).toBe(git('rev-parse', 'HEAD~1'));
  commit();
  commit();
  expect(await sharedRevision(folder())).toBe(shared);
});
