import { rule } from './kit/rule';

/** The list of servers that a login was answered with begins with another address than this one. */
export const serverElsewhere = rule({
  severity: 'warning',
  reads: ['loginAnswer'],
  byTime: false,
  causes: { list: null },
  when: ({ machine: { loginAnswer }, platform }) => {
    // android passes it over [field].
    if (loginAnswer === null || platform === 'android') return null;
    const { serverList, here } = loginAnswer.value;
    const first = hostOf(serverList ?? '');
    return first === '' || here === null || first === here
      ? null
      : { cause: 'list', since: loginAnswer.at, evidence: [loginAnswer.entry], params: { host: first } };
  },
});

/** Without its port; '' for none. */
const hostOf = (list: string): string =>
  /^[\s,;|]*(?:\w+:\/\/)?(\[[^\]]*\]|[^\s,;|:/]*)/
    .exec(list)?.[1]
    ?.replace(/^\[|\]$/g, '')
    .slice(0, 60) ?? '';
