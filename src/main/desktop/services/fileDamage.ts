/** Damaged files of the data folder, found by the services that read them. Windows and the log get each once. */
import type { FileDamage } from '#shared/model/fileDamage';
import type { Base } from './base';
import type { Changed, Service } from './service';

const lines: Readonly<Record<FileDamage['what'], string>> = {
  fromCopy: 'was damaged; its copy is used',
  unproven: 'was damaged, and no copy confirms its content',
  unread: "can't be read",
  foundAgain: 'was on no list; it is on the list again',
  stray: 'is on no list, and what it is is not proven; it stays',
  gone: 'is gone',
  changed: 'is not what was saved',
  unreadable: "can't be read",
};

export interface FileDamageService extends Service<never, 'fileDamage'> {
  readonly report: (damage: FileDamage) => void;
}

export const fileDamage = ({ changed, log }: Base): FileDamageService =>
  fileDamageService({ changed, line: log.from('main').line });

function fileDamageService(parts: {
  readonly changed: Changed;
  readonly line: (line: string) => void;
}): FileDamageService {
  let all: readonly FileDamage[] = [];
  return {
    live: { fileDamage: () => all },
    requests: {},
    report: (damage) => {
      const { what, file, detail } = damage;
      if (all.some((one) => one.what === what && one.file === file)) return;
      all = [...all, damage];
      parts.line(`${file} ${lines[what]}${detail === '' ? '' : ` (${detail})`}`);
      parts.changed('fileDamage');
    },
  };
}
