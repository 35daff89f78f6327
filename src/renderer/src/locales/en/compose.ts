/** Custom messages. */
import { maxTotal } from '#shared/framing';
import { longestTaken, longFrame } from '#shared/limits';
import type { FieldType, FormUnit } from '#shared/messages/field';
import type { MessageRisk } from '#shared/messages/row';

const grouped = (count: number): string => count.toLocaleString('en');

export const compose = {
  compose: {
    write: 'Write message',
    resend: 'Edit and resend',
    answer: 'Write to this machine',
    noMachine: 'It is not known which machine this is.',
    offline: 'Machine {{vmcNo}} is not connected.',
    title: 'Write to machine {{machine}}',
    start: 'Start from',
    recorded: 'Frame {{id}} as recorded',
    to: 'Send to',
    ends: { machine: 'Machine', server: 'Real server' },
    askServer:
      'This goes to the real server in the name of machine {{vmcNo}}. An order or an error in it is real to whoever reads it there.',
    as: 'Send as',
    asBytes: 'Raw bytes',
    text: 'Body',
    hex: 'Bytes in hex, head included',
    hexWrong: 'Pairs of hex digits, such as 30 30 or 0x30, 0x30.',
    head: 'Head',
    headOfMachine: 'as the machine uses',
    size: '{{bytes}} with its head',
    long: `Over ${grouped(longFrame)} bytes. Machines drop frames over ${grouped(longestTaken.linux)} (linux) or ${grouped(longestTaken.android)} (android).`,
    tooLong: `Over ${grouped(maxTotal)} bytes: more than a head can say. It can’t be sent.`,
    empty: 'There is nothing to send.',
    fits: 'The catalogue has nothing against it: command, fields, types, and the limits it knows.',
    hints: 'What the catalogue says',
    hint: {
      notJson: 'No JSON object. It is sent as it stands.',
      noCmd: 'There is no cmd.',
      cmdUnknown: 'The catalogue has no command {{cmd}}.',
      fromMachine: '{{cmd}} is what machines say, not what they are told.',
      otherMachine: 'vmc_no {{vmcNo}} is another machine’s number.',
      fieldUnknown: '{{field}}: not in the catalogue for this command.',
      fieldMissing: '{{field}} is missing.',
      wrongType: '{{field}}: {{type}} is usual.',
      range: '{{field}}: {{min, number}} to {{max, number}} is usual.',
      least: '{{field}}: {{min, number}} or more is usual.',
      wrongForm: '{{field}}: usually {{form}}.',
      valueHarmful:
        '{{field}}: “{{value}}” can stop the machine’s program. It then takes no more commands until it is restarted on site.',
      valueUnknown: '{{field}}: not one of the known values, {{known}}.',
      listEmpty: '{{field}}: the list is empty.',
      wrongRow: '{{field}}: a list of {{n}} is usual: {{places}}.',
    },
    form: {
      yyyyMMdd: 'eight digits, yyyyMMdd',
      yyyyMMddHHmmss: 'fourteen digits, yyyyMMddHHmmss',
      dateTime: 'yyyy-MM-dd HH:mm:ss',
      url: 'an address that begins with http://',
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
      refuses: 'The machine is told that its login is refused.',
      stores: 'The machine stores the customer number or the servers in it.',
    } satisfies Record<MessageRisk, string>,
    messageAsk: {
      refuses: 'A linux machine then switches its network off and stays away until someone restarts it.',
      stores: 'With wrong ones it may never find its server again.',
    } satisfies Record<MessageRisk, string>,
    unknownRisk: 'Crema can’t tell what the machine will do with it.',
    unknownAsk: 'Be at the machine, or sure that nobody is hurt and nothing is lost.',
    send: 'Send',
    sendNow: 'Send it',
    back: 'Back',
    result: 'Sent and answered',
    resultEmpty: 'What was sent and what the machine says next appear here.',
    waiting: 'Listening on this connection, {{s}} s more',
    listened: 'Listened for {{s}} s.',
    silent: 'The machine has said nothing yet.',
    noAnswer: 'The machine said nothing.',
    answerMark: 'answer',
    after: 'after {{time}}',
    openFrame: 'Open frame {{id}}',
  },
} as const;
