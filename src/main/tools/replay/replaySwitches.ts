/** The switches of `npm run journal -- replay`. */
import { dialTarget, type DialTarget } from '#shared/model/dial';
import type { FrameFilter } from '#shared/filter/frames';
import { replayRules, type ReplayPace, type ReplayRule } from '#shared/model/replay';

export interface ReplayCommand {
  readonly command: 'replay';
  /** A capture, or the data folder of a journal. */
  readonly source: { readonly file: string } | { readonly dataDir: string };
  readonly filter: FrameFilter;
  readonly to: ReplayTo;
  /** Sends to a machine without confirmation. */
  readonly yes: boolean;
  readonly pace: ReplayPace;
  readonly vmcNo: number | null;
  readonly rules: ReadonlySet<ReplayRule>;
  /** A verification code. */
  readonly code: string | null;
}

/** In the role of the machine to a server, or of the server to the machine that connects. */
type ReplayTo = { readonly server: DialTarget } | { readonly listen: DialTarget };

export const replayTakes = ['to', 'listen', 'yes', 'filter', 'speed', 'step', 'vmc', 'keep', 'code'] as const;

interface Values {
  readonly 'data-dir'?: string | undefined;
  readonly to?: string | undefined;
  readonly listen?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly speed?: string | undefined;
  readonly step?: boolean | undefined;
  readonly vmc?: string | undefined;
  readonly keep?: string | undefined;
  readonly code?: string | undefined;
}

export function readReplay(
  values: Values,
  files: readonly string[],
  filter: FrameFilter,
): ReplayCommand | { readonly problem: string } {
  const [file, ...more] = files;
  const dataDir = values['data-dir'];
  if (more.length > 0) return { problem: `One file is sent again at a time, not also ${more.join(' ')}.` };
  if ((file === undefined) === (dataDir === undefined))
    return {
      problem: 'Name either a capture or, with --data-dir, where the journal is that is to be sent again.',
    };
  if ((values.to === undefined) === (values.listen === undefined))
    return {
      problem:
        'Say to whom: --to HOST:PORT, a server, or --listen HOST:PORT, where a machine connects; not both.',
    };
  const switched = values.to === undefined ? 'listen' : 'to';
  const typed = values.to ?? values.listen ?? '';
  const target = targetIn(typed);
  if (target === null)
    return {
      problem: `--${switched} is HOST:PORT, such as 192.168.1.20:4567, not ${typed || 'nothing'}.`,
    };
  const { speed, step = false, vmc, keep, code } = values;
  if (speed !== undefined && step) return { problem: '--speed and --step exclude each other.' };
  if (speed !== undefined && !/^(?:[1-9]\d{0,3}|0\.\d{0,2}[1-9]\d*)$/.test(speed))
    return { problem: `--speed is how many times faster, from 0.01 to 9999, not ${speed || 'nothing'}.` };
  if (vmc !== undefined && !/^\d{1,15}$/.test(vmc))
    return { problem: `--vmc is a machine's number, not ${vmc || 'nothing'}.` };
  const kept = keep?.split(',') ?? [];
  const unknown = kept.find((name) => !replayRules.some((rule) => rule === name));
  if (unknown !== undefined)
    return {
      problem: `--keep takes ${replayRules.join(', ')}, with commas between them, not ${unknown || 'nothing'}.`,
    };
  if (code === '') return { problem: '--code is empty.' };
  return {
    command: 'replay',
    source: file === undefined ? { dataDir: dataDir ?? '' } : { file },
    filter,
    to: switched === 'to' ? { server: target } : { listen: target },
    yes: values.yes === true,
    pace: step ? 'step' : Number(speed ?? 1),
    vmcNo: vmc === undefined ? null : Number(vmc),
    rules: new Set(replayRules.filter((rule) => !kept.includes(rule))),
    code: code ?? null,
  };
}

function targetIn(text: string): DialTarget | null {
  const parts = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const read = dialTarget.safeParse({ host: parts?.[1] ?? parts?.[2], port: Number(parts?.[3]) });
  return read.success ? read.data : null;
}
