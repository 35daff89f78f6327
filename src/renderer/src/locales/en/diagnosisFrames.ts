/** Diagnosis rules about frames and logins. */
import { longestTaken } from '#shared/limits';
import type { TextsOfRules } from '../shape';

export const rulesOfFrames = {
  halfFrames: {
    says: 'Incomplete frames received.',
    leads: 'The missing data is lost. After 30 s the connection is closed.',
    causes: {
      line: {
        why: 'A bad line, or a device in between that cuts the data.',
        todo: 'Check cable and Wi-Fi. Connect without a repeater or proxy to compare.',
      },
    },
  },
  framesLost: {
    says: 'Some of the machine’s frames did not arrive (number {{missing}}).',
    leads: 'Orders, errors or supplies may be missing here.',
    causes: {
      line: {
        why: 'The machine sent them while disconnected, or to another server of its list.',
        todo: 'Check the network, and compare today’s orders with the machine: some may be missing here.',
      },
    },
  },
  clockWrong: {
    says: 'The machine reported the date {{machine}} when it was {{here}} on this computer.',
    leads: 'Order times are wrong.',
    causes: {
      computer: {
        why: 'This computer’s clock is wrong.',
        todo: 'Set this computer’s clock before a machine connects.',
      },
      neverSet: {
        why: 'The machine’s clock was never set, or its battery is empty.',
        todo: 'Check the date again after the next power cut. If it is wrong again, replace the clock battery. For now, the login has set the clock.',
      },
      neverSetAndroid: {
        why: 'The machine’s clock was never set, or its battery is empty.',
        todo: 'Set date and time on the machine’s screen. If they are wrong again after a power cut, replace the clock battery.',
      },
      either: {
        why: 'One of the two clocks is wrong.',
        todo: 'Compare both clocks with a reliable one, and set the wrong one.',
      },
    },
  },
  clockOff: {
    says: 'The machine’s clock is {{deviation}} this computer’s.',
    leads: 'Times of orders and records are wrong.',
    causes: {
      zone: {
        why: 'Machine and computer may have different time zones.',
        todo: 'Compare time and time zone of the machine and this computer, and correct the wrong one.',
      },
      either: {
        why: 'One of the two clocks is wrong.',
        todo: 'Compare both clocks with a reliable one, and set the wrong one.',
      },
    },
  },
  signMismatch: {
    says: 'The machine logged in with another verification code.',
    leads: 'Crema accepts the login unless the machine’s settings refuse a wrong sign.',
    causes: {
      program: {
        why: 'The machine has another code, or its program signs differently: Android machines send a constant.',
        todo: 'Compare the verification code on the machine’s screen with the one in its settings here. Correct the wrong one.',
      },
    },
  },
  signAbsent: {
    says: 'The login has no sign, although a code is stored.',
    leads: 'Anyone who knows the number could log in as this machine.',
    causes: {
      program: {
        why: 'No code is set in the machine, or its program does not sign.',
        todo: 'Enter the code in the machine, or remove it here.',
      },
    },
  },
  serverElsewhere: {
    says: 'The login was answered with a server list that starts with {{host}}.',
    leads: 'A Linux machine stores the list and connects there next time.',
    causes: {
      list: {
        why: 'The answer was written manually, or another server sent it.',
        todo: 'To keep the machine here, enter this computer’s address on its screen, in the server list.',
      },
    },
  },
  frameTooLong: {
    says: 'A frame to the machine was too long ({{bytes}} bytes, limit {{limit}}).',
    leads: 'The machine did not receive it.',
    causes: {
      notSent: {
        why: 'The length does not fit the frame head, so the frame was not sent.',
        todo: 'Send less at once.',
      },
      dropped: {
        why: `The machine’s program drops longer frames without notice (Linux over ${longestTaken.linux} bytes, Android over ${longestTaken.android}).`,
        todo: 'Send less at once.',
      },
    },
  },
  headForced: {
    says: 'The machine uses the {{to}} head, but is answered with the {{from}} head.',
    leads: 'The machine may not understand the answers.',
    causes: {
      setting: {
        why: 'The frame head is fixed in the machine’s settings.',
        todo: 'Set the frame head to “As it came”.',
      },
    },
  },
  headWrong: {
    says: 'Frames have a wrong head, or none.',
    leads: 'Crema reads everything that is certain.',
    causes: {
      program: {
        why: 'An unusual program, or a device in between that changes the data.',
        todo: 'Check the bytes of such a frame. If the machine does not understand the answers, fix the head in its settings.',
      },
    },
  },
  headChanging: {
    says: 'The frame head alternates: {{from}}, {{to}}.',
    leads: 'Answers use the head of the last frame, so the machine may not understand some.',
    causes: {
      program: {
        why: 'Two programs use one connection, or a relay mixes two.',
        todo: 'Fix the frame head in the machine’s settings to the one it understands.',
      },
    },
  },
  lengthInChars: {
    says: 'The frame length counts characters instead of bytes ({{declared}} instead of {{actual}}).',
    leads: 'Crema reads such frames; other servers cut them.',
    causes: {
      program: {
        why: 'A defect of the machine’s program, visible with texts beyond ASCII, such as Chinese.',
        todo: 'An upgrade may fix it. Product names without such characters avoid it.',
      },
    },
  },
  jsonUnreadable: {
    says: 'Some data of the machine can’t be read.',
    leads: 'The content of these frames is lost. The original text is kept.',
    causes: {
      program: {
        why: 'A defect of the machine’s program, or a damaged line.',
        todo: 'Press “Frame” beside this problem, save the frame, and send it to the machine’s manufacturer.',
      },
    },
  },
  programRestarted: {
    says: 'The machine’s program restarted within the last hour.',
    leads: 'The task at that time was interrupted.',
    causes: {
      program: {
        why: 'A command from Crema, a person at the machine, a power cut, or a crash of its program.',
        todo: 'If nobody intended it, check the frames right before.',
      },
    },
  },
  signOlder: {
    says: 'The sign uses the older formula.',
    leads: 'The sign is the same at every login, so anyone who saw it could reuse it.',
    causes: {
      program: {
        why: 'Older Linux programs sign code and number instead of date and code.',
        todo: 'Nothing to do. An upgrade may bring the newer formula.',
      },
    },
  },
  signLoose: {
    says: 'The sign matches, but its leading zero is missing or it is in capitals.',
    leads: 'Crema accepts it. A stricter server would refuse it.',
    causes: {
      program: {
        why: 'The machine’s program writes the hash as a number.',
        todo: 'Nothing to do here. On other servers such logins fail occasionally.',
      },
    },
  },
  jsonLenient: {
    says: 'Some data of the machine has a wrong format ({{what}}), but was read.',
    leads: 'None here. A stricter server would reject the data.',
    causes: {
      program: {
        why: 'The machine’s program follows the faulty examples of the vendor’s document.',
        todo: 'Nothing to do.',
      },
    },
  },
  textGb18030: {
    says: 'Texts use GB18030 instead of UTF-8.',
    leads: 'Crema reads them. Other programs show them garbled.',
    causes: { program: { why: 'An older Chinese program.', todo: 'Nothing to do.' } },
  },
  commandsUnknown: {
    says: 'The machine sends commands unknown to Crema, last “{{cmd}}”.',
    leads: 'They are recorded, but not answered.',
    causes: {
      program: {
        why: 'A newer or special program.',
        todo: 'If it keeps repeating one, it waits for an answer: send the frame to the maintainer of Crema.',
      },
    },
  },
  fieldsOdd: {
    says: 'The machine sent incomplete data (field “{{field}}”).',
    leads: 'Crema does not know these values.',
    causes: {
      program: {
        why: 'Another version of the machine’s program.',
        todo: 'Nothing to do.',
      },
    },
  },
  fieldsUnknown: {
    says: 'The machine’s frames have fields unknown to Crema (last: {{field}}).',
    leads: 'They are shown with their frame, and used nowhere else.',
    causes: {
      program: {
        why: 'A newer or special program.',
        todo: 'Nothing to do on the machine. If such a field matters, show the frame to the maintainer of Crema.',
      },
    },
  },
} as const satisfies Partial<TextsOfRules>;
