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
    says: 'Frames were lost: number {{expected}} expected, {{got}} received.',
    leads: 'Orders, errors or supplies may be missing here.',
    causes: {
      line: {
        why: 'The machine sent them while disconnected, or another server received them.',
        todo: 'Check the network. If the machine’s list has several servers, search there too.',
      },
    },
  },
  clockWrong: {
    says: 'The machine’s date is {{machine}}; this computer’s date was {{here}}.',
    leads:
      'Order times are wrong. The login answer sets the clock of a Linux machine to this computer’s time.',
    causes: {
      computer: {
        why: 'This computer’s clock is wrong.',
        todo: 'Set this computer’s clock before a machine connects.',
      },
      neverSet: {
        why: 'The machine’s clock was never set, or its battery is empty.',
        todo: 'The next login sets the clock of a Linux machine. On an Android machine set it in the settings. If it is lost again, replace the battery.',
      },
      either: {
        why: 'One of the two clocks is wrong.',
        todo: 'Compare both clocks with a reliable one, and set the wrong one.',
      },
    },
  },
  signMismatch: {
    says: 'The sign of the login does not match the stored code.',
    leads: 'Crema accepts the login unless the machine’s settings refuse a wrong sign.',
    causes: {
      program: {
        why: 'The machine has another code, or its program signs differently: Android machines send a constant.',
        todo: 'Compare the code in its menu with the one stored here.',
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
        todo: 'To keep the machine here, enter this computer’s address in its server list.',
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
        todo: 'Send such a frame to the maintainer of the machine’s program.',
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
    says: 'The machine’s JSON has mistakes ({{what}}).',
    leads: 'Crema reads it. A stricter server would not.',
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
    says: 'Fields are missing in the machine’s frames, or have invalid values (last: {{field}}).',
    leads: 'The values of these fields are unknown.',
    causes: {
      program: {
        why: 'Another version of the machine’s program.',
        todo: 'Nothing to do unless data is missing here.',
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
