/** Custom messages. */
import { maxTotal } from '#shared/framing';
import { longestTaken, longFrame } from '#shared/limits';
import type { FieldType, FormUnit } from '#shared/messages/field';
import type { MessageRisk } from '#shared/messages/row';

const grouped = (count: number): string => count.toLocaleString('en');

export const compose = {
  compose: {
    write: 'Custom message',
    resend: 'Edit and resend',
    answer: 'Write to this machine',
    noMachine: 'The machine is unknown.',
    offline: 'Machine {{vmcNo}} is not connected.',
    title: 'Custom message to machine {{machine}}',
    start: 'Start from',
    recorded: 'Frame {{id}} as recorded',
    to: 'Send to',
    ends: { machine: 'Machine', server: 'Real server' },
    askServer:
      'This goes to the real server in the name of machine {{vmcNo}}. An order or an error in it is treated as real.',
    as: 'Send as',
    asBytes: 'Raw bytes',
    text: 'Body',
    hex: 'Bytes in hex, head included',
    hexWrong: 'Enter pairs of hex digits, such as 30 30 or 0x30, 0x30.',
    head: 'Head',
    headOfMachine: 'as used by the machine',
    size: '{{bytes}} with its head',
    long: `Over ${grouped(longFrame)} bytes. Machines drop frames over ${grouped(longestTaken.linux)} (Linux) or ${grouped(longestTaken.android)} (Android).`,
    tooLong: `Over ${grouped(maxTotal)} bytes, the limit of a frame head. It can’t be sent.`,
    empty: 'Nothing to send.',
    fits: 'No problems found in this message: command, fields, types and known limits checked.',
    hints: 'Hints from the catalogue',
    hint: {
      notJson: 'Not a JSON object. It is sent unchanged.',
      noCmd: 'The field cmd is missing.',
      cmdUnknown: 'Command {{cmd}} is not in the catalogue.',
      fromMachine: '{{cmd}} is sent by machines, not to them.',
      otherMachine: 'vmc_no {{vmcNo}} is another machine’s number.',
      fieldUnknown: '{{field}}: not in the catalogue for this command.',
      fieldMissing: '{{field}} is missing.',
      wrongType: '{{field}}: {{type}} is usual.',
      range: '{{field}}: {{min, number}} to {{max, number}} is usual.',
      least: '{{field}}: {{min, number}} or more is usual.',
      wrongForm: '{{field}}: usually {{form}}.',
      valueHarmful:
        '{{field}}: “{{value}}” can stop the machine’s program. It then accepts no commands until it is restarted on site.',
      valueUnknown: '{{field}}: not one of the known values: {{known}}.',
      listEmpty: '{{field}}: the list is empty.',
      wrongRow: '{{field}}: a list of {{n}} is usual: {{places}}.',
    },
    form: {
      yyyyMMdd: 'eight digits, yyyyMMdd',
      yyyyMMddHHmmss: 'fourteen digits, yyyyMMddHHmmss',
      dateTime: 'yyyy-MM-dd HH:mm:ss',
      url: 'an address that starts with http://',
      digits: 'three digits 0 to 5: strength, milk, sugar',
    } satisfies Record<FormUnit, string>,
    type: {
      text: 'a text',
      integer: 'a whole number',
      flag: 'true or false',
      object: 'an object',
      list: 'a list',
    } satisfies Record<FieldType, string>,
    messageRisk: {
      refuses: 'The machine’s login is refused.',
      stores: 'The machine stores the customer number or server list in it.',
    } satisfies Record<MessageRisk, string>,
    messageAsk: {
      refuses: 'A Linux machine then switches its network off until someone restarts it.',
      stores: 'With wrong values it may never find its server again.',
    } satisfies Record<MessageRisk, string>,
    unknownRisk: 'The effect on the machine is unknown.',
    unknownAsk: 'Be at the machine, or make sure that nobody is hurt and nothing is lost.',
    send: 'Send',
    sendNow: 'Send message',
    back: 'Back',
    result: 'Sent and answered',
    resultEmpty: 'The sent frame and the machine’s answers appear here.',
    waiting: 'Waiting for answers on this connection, {{s}} s left',
    listened: 'Waited for {{s}} s.',
    silent: 'No answer from the machine yet.',
    noAnswer: 'No answer from the machine.',
    answerMark: 'answer',
    after: 'after {{time}}',
    openFrame: 'Open frame {{id}}',
  },
} as const;
