/** Custom messages: templates, hints, and their effects on the machine. */
import { describe, expect, it } from 'vitest';
import { commandNames } from '#shared/commands/index';
import { riskOn, rowOf } from '#shared/commands/kit/rows';
import { checkBody } from '#shared/compose/checkBody';
import { messageRows } from '#shared/messages/lookup';
import * as onlyNamed from '#shared/messages/onlyNamed';
import { riskOf } from '#shared/compose/sendRisk';
import { templates } from '#shared/compose/templates';

const now = new Date(2026, 10, 24, 9, 5, 3);
const platforms = ['linux', 'android', null] as const;
const all = platforms.flatMap((platform) => templates(33232, platform, now));

describe('templates', () => {
  it('exist for every message of ours, except those known by name only', () => {
    const isOnlyNamed = new Set<string>(Object.keys(onlyNamed));
    const ours = messageRows
      .filter(({ direction, names }) => direction === 'out' && !isOnlyNamed.has(names[0]))
      .map(({ names }) => names[0]);
    const known = new Set(all.map(({ cmd }) => cmd));
    expect(ours.filter((cmd) => !known.has(cmd))).toEqual([]);
  });

  it('have distinct names, and no hints from the catalogue', () => {
    for (const platform of platforms) {
      const some = templates(33232, platform, now);
      expect(new Set(some.map(({ id }) => id)).size).toBe(some.length);
      for (const { body } of some) expect(checkBody(JSON.stringify(body), 33232)).toEqual([]);
    }
  });

  it('follow the platform', () => {
    const cmds = (platform: 'linux' | 'android'): readonly string[] =>
      templates(1, platform, now).map(({ id }) => id);
    expect(cmds('linux')).toContain('door open');
    expect(cmds('linux').some((id) => id.startsWith('remote'))).toBe(false);
    expect(cmds('android')).toContain('remote opendoor');
    // android restarts only a part for it.
    const bare = templates(1, 'android', now).filter(({ id }) => id === 'reboot');
    expect(bare.map(({ body }) => body['type'])).toEqual(['ice']);
  });

  it('answer a login with the time of this computer', () => {
    expect(all.find(({ cmd }) => cmd === 'login_r')?.body['date_time']).toBe('2026-11-24 09:05:03');
  });
});

describe('the risk of sending', () => {
  const context = { vmcNo: 1, sessionId: '1', upgradeDir: 'http://h/', upgradeType: 'app' } as const;

  it.each(commandNames)('the wire form of %s has the risk of the command', (name) => {
    const { examples, has, wire } = rowOf(name);
    for (const platform of platforms) {
      // A query may precede the command.
      const written = examples.flatMap((input) => wire(input, { ...context, platform }).slice(-1));
      expect(written.length > 0).toBe(platform === null || has[platform]);
      for (const message of written) {
        // A bare reboot restarts a part on android, and the machine on linux.
        const command = platform === null && message.cmd === 'reboot' ? 'reboot' : name;
        // For an unknown program the document's form is written.
        const risk = riskOn(command, platform ?? 'linux');
        expect(riskOf(JSON.stringify(message), platform)).toEqual({ risk, command });
      }
    }
  });

  it('for an unknown program is the greater one', () => {
    for (const text of ['{"cmd":"priceset","price":[]}', '{"cmd":"discount","discount":80}'])
      expect([riskOf(text)?.risk, riskOf(text, 'android')?.risk]).toEqual(['restarts', 'reprices']);
    // Not android's form: its effect is unknown.
    expect(riskOf('{"cmd":"reboot"}', 'android')?.risk).toBe('restartsPart');
  });

  it.each([
    ['{"cmd":" REBOOT "}', 'restarts'],
    ['{"cmd":"remote","operation":"supplys"}', 'restocks'],
    ['{"cmd":"remote","operation":"productlock"}', 'relists'],
    ['{"cmd":"hb"}', 'none'],
    ['{"cmd":"login_r","ret":0}', 'none'],
    ['{"cmd":"login_r","ret":"0","date_time":"2026-11-24 09:05:03"}', 'none'],
    ['{"cmd":"login_r","ret":2}', 'refuses'],
    ['{"cmd":"LOGIN_R","ret":"1"}', 'refuses'],
    ['{"cmd":"login_r"}', 'refuses'],
    ['{"cmd":"login_r","Ret":1,"ret":0}', 'refuses'],
    ['{"cmd":"login_r","ret":0,"carrier_code":"7"}', 'stores'],
    ['{"cmd":"login_r","ret":0,"Server_List":"198.51.100.1:9700"}', 'stores'],
    ['{"cmd":"checkorder_r","paydone":false}', 'none'],
    ['{"cmd":"checkorder_r","paydone":true}', 'pays'],
    ['{"cmd":"checkorder_r","paydone":"true"}', 'pays'],
  ])('%s', (text, risk) => {
    expect(riskOf(text)?.risk).toBe(risk);
  });

  it.each([
    '',
    'hello',
    '[]',
    '{"vmc_no":1}',
    '{"cmd":5}',
    '{"cmd":"format"}',
    '{"cmd":"constructor"}',
    '{"cmd":"sync"}',
    '{"cmd":"sync"}x',
    '{"cmd":"machinestatus"}',
    '{"cmd":"remote"}',
    '{"cmd":"remote","operation":"statusquery"}',
    '{"cmd":"reboot","cmd":"hb"}',
    '{"cmd":"hb",}',
  ])('is unknown for %s', (text) => {
    expect(riskOf(text)).toBeNull();
  });
});
