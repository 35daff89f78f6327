/** Text from machines and files reaches a person through outlets; each shows it visible, escaped and bounded (shared/visible.ts). */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Buffer } from 'node:buffer';
import { describe, expect, it, vi } from 'vitest';
import { doctorLines } from '#shared/doctor';
import type { AuditEntry } from '#shared/model/audit';
import type { Fault } from '#shared/model/history';
import { defaultMachineConfig, type MachineConfig } from '#shared/model/machineSettings';
import { chainBegin, checkLine, sealed } from '../../src/main/desktop/audit/chain';
import { plainPage } from '../../src/main/desktop/electron/plainPage';
import { printStatus } from '../../src/main/tools/captures/terminal';
import { ownComment } from '../../src/main/core/captures/notes';
import { listText } from '../../src/main/core/lists/listFile';
import { CrashNotes } from '../../src/main/desktop/crashes/notes';
import { keptText } from '../../src/main/lib/files/writeKept';
import { linesOf } from '../../src/main/tools/replay/replayLines';
import { csvText, exportCsv } from '../../src/main/core/captures/out/exportCsv';
import { exportJsonl } from '../../src/main/core/captures/out/exportJsonl';
import type { Write } from '../../src/main/core/captures/types';
import { AppLog } from '../../src/main/desktop/log/appLog';
import { complain, PassedLines, printLine } from '../../src/main/lib/log/terminal';
import { registryFile } from '../../src/main/desktop/registry/writeRegistry';
import { noticesService } from '../../src/main/desktop/services/notices';
import { windowsService } from '../../src/main/desktop/services/windows';
import { openPlainly } from '../../src/main/lib/settings/settingsFile';
import { SettingsStore } from '../../src/main/lib/settings/store';
import { visibleProps } from '../../src/renderer/src/text/visible';
import { frame } from '../builders/frames';
import { hostileTexts, unseenOnes } from '../builders/hostileTexts';
import { recordedAs } from '../builders/supportFiles';
import { fault as faultRow } from '../builders/rows';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();

/** `one`: one line per request; `indented`: further lines begin with blanks; `any`: no limit. `most`: characters, including our own. */
interface Outlet {
  readonly shows: (text: string) => unknown;
  readonly lines: 'one' | 'indented' | 'any';
  readonly most?: number;
  readonly isMarkup?: boolean;
}

const collected = async (write: (write: Write) => Promise<unknown>): Promise<string> => {
  const pieces: Uint8Array[] = [];
  await write((piece) => Promise.resolve(void pieces.push(piece)));
  return Buffer.concat(pieces)
    .toString()
    .replace(/^\uFEFF/, '');
};
function passed(chunks: readonly string[]): void {
  const lines = new PassedLines();
  for (const chunk of chunks) lines.add(chunk);
  lines.end();
}
function onTerminal(stream: 'stdout' | 'stderr', print: () => void): string {
  const spy = vi.spyOn(process[stream], 'write').mockReturnValue(true);
  try {
    print();
    return spy.mock.calls
      .map(([text]) => String(text))
      .join('')
      .trimEnd();
  } finally {
    spy.mockRestore();
  }
}
function logged(write: (log: AppLog) => void): { readonly terminal: string; readonly file: string } {
  const lines: string[] = [];
  const add = (line: string): void => void lines.push(line);
  const log = new AppLog({ folder: folder(), now: () => 0, terminal: { line: add, problem: add } });
  write(log);
  return { terminal: lines.join('\n'), file: readFileSync(folder('crema.log'), 'utf8').trimEnd() };
}
const entryOf = (text: string) =>
  recordedAs([frame({ cmd: text.slice(0, 500), vmc_no: 1, [text.slice(0, 500)]: text.slice(0, 500) })], 'in');
const config = (name: string): MachineConfig => ({ ...defaultMachineConfig, name });
const noKeys = { available: () => false, encrypt: (text: string) => text, decrypt: (text: string) => text };
const never = (): never => {
  throw new Error('not asked for here');
};
const fault = (code: string): Fault =>
  faultRow(1, { vmcNo: 1, code, description: code, setAt: 1_000, isFatal: null, isPersistent: null });
function noticed(text: string): string {
  const store = new SettingsStore(folder(), noKeys, openPlainly);
  store.changeMachines(new Map([[1, { name: text.slice(0, 60) }]]));
  const shown: string[] = [];
  noticesService({
    store,
    now: () => 1_000,
    uptime: () => 1_000,
    language: () => 'en',
    platform: () => 'linux',
    show: ({ title, body }) => {
      shown.push(title, ...body.split('\n'));
      return true;
    },
    open: never,
    line: () => undefined,
  }).take([fault(text)]);
  return shown.join('\n  ');
}
function auditLine(text: string): string {
  const entry: AuditEntry = {
    n: 1,
    at: 0,
    user: text,
    name: text,
    screen: text,
    act: 'setMachine',
    vmcNo: 1,
    what: { name: text },
    refused: null,
    prev: '',
  };
  const { line } = sealed(entry);
  expect(checkLine(line, chainBegin)).toMatchObject({ entry, fault: null });
  return line;
}
function crashNote(text: string): string {
  const notes = new CrashNotes(folder('crashes'));
  notes.setRunning({ since: 1, alive: 1, facts: { reason: text } });
  return readFileSync(folder('crashes', 'running.json'), 'utf8');
}
async function copied(text: string): Promise<string> {
  let found = '';
  const { requests } = windowsService({
    copyText: (put: string) => void (found = put),
  } as unknown as Parameters<typeof windowsService>[0]);
  await requests.copyText({ text }, { windowId: 1, screen: '', capture: null });
  return found;
}

const outlets: Readonly<Record<string, Outlet>> = {
  'text of a window': { shows: (text) => visibleProps({ children: [text] }), lines: 'any' },
  'tooltip and label': {
    shows: (text) => visibleProps({ title: text, label: text, 'aria-label': text }),
    lines: 'any',
    most: 6_100,
  },
  choice: {
    shows: (text) => {
      const { data } = visibleProps({
        data: [text, { group: text, items: [{ value: '', label: text }] }],
      }) as {
        readonly data: readonly [unknown, unknown];
      };
      const [one, group] = data;
      return [typeof one === 'string' ? one : (one as { readonly label: string }).label, group];
    },
    lines: 'any',
  },
  'terminal of the app': {
    shows: (text) => logged((log) => log.from('server').line(text)).terminal,
    lines: 'one',
    most: 8_000,
  },
  'problem on the terminal': {
    shows: (text) => logged((log) => log.from('server').problem(text)).terminal,
    lines: 'indented',
    most: 8_000,
  },
  'log file': {
    shows: (text) => logged((log) => log.write('warn', 'window', text)).file,
    lines: 'indented',
    most: 8_100,
  },
  'line of a command': {
    shows: (text) => onTerminal('stdout', () => printLine(text)),
    lines: 'indented',
    most: 8_000,
  },
  'stderr of a process': {
    shows: (text) => onTerminal('stderr', () => passed([text])),
    lines: 'indented',
    most: 8_100,
  },
  'complaint of a start': {
    shows: (text) => onTerminal('stderr', () => complain(text)),
    lines: 'indented',
    most: 8_100,
  },
  'status of a command': {
    shows: (text) => onTerminal('stderr', () => printStatus(text)),
    lines: 'indented',
    most: 8_000,
  },
  'row of a replay': {
    shows: (text) =>
      linesOf({
        id: 1,
        kind: 'answer',
        conn: 1,
        recorded: null,
        now: null,
        step: 1,
        cmd: text,
        entry: 1,
        outcome: 'differs',
        differences: [{ name: text, what: 'member', recorded: text, now: text, by: null }],
        notes: [],
      }).join('\n  '),
    lines: 'indented',
    most: 4_100,
  },
  doctor: {
    shows: (text) =>
      doctorLines([{ check: 'folder', level: 'ok', code: 'writable', params: { folder: text } }], 'en').join(
        '\n  ',
      ),
    lines: 'indented',
    most: 2_000,
  },
  notification: { shows: noticed, lines: 'indented', most: 4_000, isMarkup: true },
  'page of a failed start': {
    shows: (text) =>
      decodeURIComponent(plainPage({ language: 'en', title: text, paragraphs: [text], detail: text })),
    lines: 'any',
  },
  'cell of CSV': { shows: (text) => csvText([[text]]).slice(1), lines: 'any' },
  'frames as CSV': {
    shows: (text) => collected((write) => exportCsv(recordedAs2(text), write)),
    lines: 'any',
  },
  'list of machines as CSV': {
    shows: (text) => registryFile([[1, config(text)]], 'en').slice(1),
    lines: 'any',
  },
  'frames as JSONL': {
    shows: (text) => collected((write) => exportJsonl(recordedAs2(text), write)),
    lines: 'any',
  },
  'list of a workshop as JSON': { shows: (text) => listText('crema-list', 'entries', [text]), lines: 'any' },
  'JSON file of the data folder': { shows: (text) => keptText({ [text]: text }), lines: 'any' },
  'crash note': { shows: crashNote, lines: 'any' },
  'comment in a capture': { shows: ownComment, lines: 'any', most: 2_100 },
  'line of the audit trail': { shows: auditLine, lines: 'one' },
  clipboard: { shows: copied, lines: 'any' },
};
async function* recordedAs2(text: string) {
  yield await Promise.resolve(entryOf(text));
}

/** Characters that would start another line. */
const actsOn = { one: [/[\t\r\n]/], indented: [/[\t\r]|\n(?! {2})/], any: [] } as const;

describe.each(Object.entries(outlets))('%s', (_, { shows, lines, most = Infinity, isMarkup = false }) => {
  it.each(Object.keys(hostileTexts))('%s', async (name) => {
    const found = await shows(hostileTexts[name] ?? '');
    const shown =
      typeof found === 'string'
        ? found
        : [found]
            .flat()
            .map((one) => JSON.stringify(one))
            .join('');
    expect(shown).not.toMatch(unseenOnes);
    expect(shown.length).toBeLessThanOrEqual(most);
    for (const form of [...actsOn[lines], ...(isMarkup ? [/[<>&]/] : [])]) expect(shown).not.toMatch(form);
  });
});

const root = join(import.meta.dirname, '../../src');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => [name.replaceAll('\\', '/'), readFileSync(join(root, name), 'utf8')] as const);

describe('no other file', () => {
  it.each([
    // Data for other programs, and the progress of a command.
    [
      'writes to the terminal',
      /\bstd(?:out|err)\.write\(|(?<!\.)\bconsole\.\w+\(/,
      ['main/lib/log/terminal.ts', 'main/tools/captures/terminal.ts'],
    ],
    ['shows notifications', /\bnew Notification\(/, ['main/desktop/electron/notify.ts']],
    [
      'writes text to the clipboard',
      /\bclipboard\.write(?:Text|HTML|Bookmark)\(/,
      ['main/desktop/electron/desktop.ts'],
    ],
    // Our own package host, and virtual machines, which do what their commands say. Nobody else requests an address.
    [
      'requests addresses',
      /\bimport \{[^}]*\b(?:get|request)\b[^}]*\} from 'node:https?'|(?<![\w.])fetch\(|\bnet\.(?:fetch|request)\(|\bopenExternal\(/,
      [
        'main/packages/host/downloadTest.ts',
        'main/tools/doctor/checks/packages.ts',
        'main/tools/simulator/download.ts',
        'main/tools/simulator/web.ts',
      ],
    ],
    ['titles a window', /\bdocument\.title\b|\.setTitle\(/, []],
    ['draws text on a canvas', /\.(?:fill|stroke)Text\(/, ['renderer/src/ui/chart/copyImage.ts']],
    [
      'writes to the page beside JSX',
      /\bdangerouslySetInnerHTML\b|\b(?:inner|outer)HTML\b|\binsertAdjacent\w+\(|\.(?:textContent|innerText|nodeValue) = /,
      ['renderer/src/ui/Ticking.tsx'],
    ],
  ])('%s', (_, form, known) => {
    expect(
      sources
        .filter(([, text]) => form.test(text))
        .map(([name]) => name)
        .toSorted(),
    ).toEqual(known);
  });
});

it('a line of another process stays one line, and never looks like a line of this one', () => {
  const print = (chunks: readonly string[]) => onTerminal('stderr', () => passed(chunks));
  expect(print(['Error: \u001b[2', 'J\rcrema: all is well\ncrema: ', 'forged\n\nlast'])).toBe(
    '  Error: ⟨U+001B⟩[2J⟨U+000D⟩crema: all is well\n  crema: forged\n  \n  last',
  );
  expect(print(['x'.repeat(5_000), 'x'.repeat(9_000), 'crema: forged'])).toMatch(/^ {2}x+…?$/);
});
