import { rule } from './kit/rule';

/** The server list in the login answer begins with an address other than this server's. */
export const serverElsewhere = rule({
  severity: 'warning',
  reads: ['loginAnswer'],
  byTime: false,
  causes: { list: null },
  when: ({ machine: { loginAnswer }, platform }) => {
    // android ignores the list [field].
    if (loginAnswer === null || platform === 'android') return null;
    const { serverList, here } = loginAnswer.value;
    const first = hostOf(serverList ?? '');
    return first === '' || here === null || first === here
      ? null
      : { cause: 'list', since: loginAnswer.at, evidence: [loginAnswer.entry], params: { host: first } };
  },
});

/** The host without its port; '' for none. */
const hostOf = (list: string): string =>
  /^[\s,;|]*(?:\w+:\/\/)?(\[[^\]]*\]|[^\s,;|:/]*)/
    .exec(list)?.[1]
    ?.replace(/^\[|\]$/g, '')
    .slice(0, 60) ?? '';
