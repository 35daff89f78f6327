/** `--doctor`: prints a line per check as soon as the check ends, or all results as JSON. */
import { checkNames, doctorLines, doctorSentence, worstOf, type DoctorResult } from '#shared/doctor';
import { visibleJson } from '#shared/visible';
import type { ParsedSwitches } from '../../lib/launch/switches';
import { printOwn } from '../../lib/log/terminal';
import { examine } from './checks';
import { readComputer } from './computer';

type Wish = Extract<ParsedSwitches, { kind: 'doctor' }>;

/** `usualFolder`: the data folder if none is named. Resolves to the exit code when all output is written. */
export async function runDoctor(
  { switches, asJson }: Wish,
  usualFolder: string,
  appPath: string,
): Promise<0 | 1 | 2> {
  const { computer, language } = readComputer({
    folder: switches.dataDir ?? usualFolder,
    appPath,
    listen: { machines: switches.machineListen, updates: switches.updateListen, notices: null },
  });
  const chosen = switches.lang ?? (language === 'system' ? systemLanguage() : language);
  const words = chosen === 'zh-CN' ? 'zh' : 'en';
  const results: DoctorResult[] = [];
  for (const name of checkNames) {
    const found = await examine(name, computer);
    results.push(...found);
    if (!asJson) await write(doctorLines(found, words).map((line) => `${line}\n`));
  }
  if (asJson) {
    const output = results.map((one) => ({ ...one, says: doctorSentence(one)[words] }));
    await write([`${visibleJson(JSON.stringify(output, null, 2))}\n`]);
  }
  return worstOf(results);
}

/** Electron reports the language only once it is ready. */
function systemLanguage(): 'en' | 'zh-CN' {
  return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh') ? 'zh-CN' : 'en';
}

/** A closed pipe must not keep the program from ending. */
const write = (lines: readonly string[]): Promise<void> =>
  new Promise((resolve) => {
    printOwn(lines.join(''), resolve);
  });
