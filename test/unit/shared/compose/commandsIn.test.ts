import { describe, expect, it } from 'vitest';
import { commandNames } from '#shared/commands/index';
import { rowOf } from '#shared/commands/kit/rows';
import { commandsIn } from '#shared/compose/commandsIn';

const context = { vmcNo: 7, sessionId: '1', upgradeDir: 'http://192.0.2.1/', upgradeType: 'app' };

it.each(commandNames.flatMap((name) => (['linux', 'android'] as const).map((on) => [name, on] as const)))(
  'the form of %s for %s is that command',
  (name, platform) => {
    const { has, wire, examples } = rowOf(name);
    if (!has[platform]) return;
    // A query may precede the command.
    const written = examples.flatMap((input) => wire(input, { ...context, platform }).slice(-1));
    for (const message of written) expect(commandsIn(JSON.stringify(message))).toContain(name);
  },
);

describe('in any notation', () => {
  it.each([
    '{"cmd":"reboot"}',
    '{ "CMD" : " Reboot " , "vmc_no" : 7 }',
    '{cmd:reboot}',
    "{'cmd':'reboot',}",
    // A machine may use the first of two equal members, or the second.
    '{"cmd":"hb","cmd":"reboot"}',
    '{"cmd":"reboot","cmd":"hb"}',
    '{"cmd":"remote","vmc_no":7,"operation":"reboot"}',
    '{"operation":"reboot","cmd":"remote"}',
    // Two frames in one write.
    '0020\u0000{"cmd":"hb"}0026        {"cmd":"reboot"}',
    // Escaped letters, escaped white space, comments in between.
    '{"cmd":"re\\u0062oot"}',
    '{"\\u0063md":"\\u0052EBOOT"}',
    '{"cmd ":"\\treboot"}',
    '{"cmd"/* x */:"reboot"}',
    '{"cmd": // x\n"reboot"}',
    '{"url":"http://192.0.2.1/","cmd":"reboot"}',
    // Truncated.
    '{"vmc_no":7,"cmd":"reboot"',
  ])('%s may restart the machine', (text) => {
    expect(commandsIn(text)).toContain('reboot');
  });

  it.each(['', '{"cmd":"hb"}', '{"cmd":"rebooted"}', '{"text":"reboot"}', '{"cmd":"toString"}', 'cmd'])(
    '%s is not a command',
    (text) => expect(commandsIn(text)).toEqual([]),
  );
});
