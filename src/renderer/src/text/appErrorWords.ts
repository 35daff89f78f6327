/** Error messages with their remedies. */
import type { CommandName } from '#shared/commands/index';
import type { AppError } from '#shared/contract/errors';
import { en } from '../locales/en';
import { anyKey } from './t';
import { hindranceWords } from './hindranceWords';
import { readableParams } from './readable';
import type { Words } from './words';

export function appErrorWords(words: Words, { code, params }: AppError): string {
  const say = anyKey(words.t);
  switch (code) {
    case 'commandNotPossible': {
      const { name = '', why = '', ...rest } = params;
      return hindranceWords(words, String(name), { why: String(why), params: rest });
    }
    case 'commandGoesFirst':
    case 'packageWrongPlatform':
      return say(`error.${code}`, readableParams(words, params));
    case 'badInput':
      return say('error.badInput', { ...params, field: fieldLabel(words, params) });
    case 'listenFailed':
      return say(`error.listenFailed.${listenReason(params['reason'])}`, params);
    case 'packageRefused':
      return say(`error.packageRefused.${refusalReason(params['reason'])}`, refusalParams(words, params));
    default:
      return say(`error.${code}`, params);
  }
}

/** The label of a field in its command's form; without a label, its path in the input. */
function fieldLabel({ t }: Words, { name, field }: AppError['params']): string {
  const path = String(field ?? '');
  if (!isCommand(name)) return path;
  const { form: labels = {} } = en.command[name] as { readonly form?: Readonly<Record<string, unknown>> };
  const labelled = path.split('.').findLast((part) => isLabel(labels[part]));
  return labelled === undefined ? path : anyKey(t)(`command.${name}.form.${labelled}`);
}
const isCommand = (name: unknown): name is CommandName => Object.hasOwn(en.command, String(name));
const isLabel = (label: unknown): boolean => typeof label === 'string' && !label.includes('{{');

/** Readable sizes, and the source of an expectation. */
function refusalParams(words: Words, params: AppError['params']): AppError['params'] {
  const { needs, free, file, ...rest } = params;
  return {
    ...rest,
    ...(typeof needs === 'number' && { needs: words.bytes(needs) }),
    ...(typeof free === 'number' && { free: words.bytes(free) }),
    ...(params['reason'] === 'checksumDiffers' && {
      from: file === '' || file === undefined ? words.t('upgrades.typedChecksum') : String(file),
    }),
  };
}

const listenReasons: ReadonlySet<unknown> = new Set(['inUse', 'denied', 'noAddress']);
function listenReason(reason: string | number | undefined): string {
  return listenReasons.has(reason) ? String(reason) : 'other';
}

function refusalReason(reason: string | number | undefined): string {
  return Object.hasOwn(en.error.packageRefused, String(reason)) ? String(reason) : 'unreadable';
}
