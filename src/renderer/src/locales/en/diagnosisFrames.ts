/** Diagnosis rules about frames and logins. */
import { longestTaken } from '#shared/limits';
import type { TextsOfRules } from '../shape';

export const rulesOfFrames = {
  halfFrames: {
    says: 'The rest of frames did not come.',
    leads: 'What was cut is lost; after 30 s the connection is closed.',
    causes: {
      line: {
        why: 'A bad line, or something between that cuts what it sends.',
        todo: 'Check cable and Wi-Fi; connect without a repeater or proxy to compare.',
      },
    },
  },
  framesLost: {
    says: 'Frames were lost: number {{got}} came where {{expected}} was due.',
    leads: 'Orders, errors or supplies may be missing here.',
    causes: {
      line: {
        why: 'The machine sent them while no connection stood, or another server got them.',
        todo: 'Check the network. If it has several servers in its list, look there for them.',
      },
    },
  },
  clockWrong: {
    says: 'Its clock says {{machine}}; here it was {{here}}.',
    leads: 'Times of orders are wrong, and the answer to its login sets a linux machine’s clock to ours.',
    causes: {
      computer: {
        why: 'This computer’s clock is wrong.',
        todo: 'Set this computer’s clock before you connect a machine.',
      },
      neverSet: {
        why: 'The machine’s clock was never set, or its battery is empty.',
        todo: 'The next login sets a linux machine’s clock. On an android machine set it in the settings; change the battery if it forgets it.',
      },
      either: {
        why: 'One of the two clocks is wrong.',
        todo: 'Compare both with a clock you trust, and set the wrong one.',
      },
    },
  },
  signMismatch: {
    says: 'The sign of its login does not fit the stored code.',
    leads: 'Where Crema answers it, it is let in all the same, unless its settings say to refuse it.',
    causes: {
      program: {
        why: 'Another code is typed into the machine, or its program signs in its own way: android sends a constant.',
        todo: 'Compare the code in its menu with the one stored here.',
      },
    },
  },
  signAbsent: {
    says: 'Its login has no sign, though a code is stored.',
    leads: 'Anybody who knows its number could log in as this machine.',
    causes: {
      program: {
        why: 'No code is typed into the machine, or its program does not sign.',
        todo: 'Type the code into the machine, or remove it here.',
      },
    },
  },
  serverElsewhere: {
    says: 'Its login was answered with a server list that begins with {{host}}.',
    leads: 'A linux machine stores it, and connects there the next time.',
    causes: {
      list: {
        why: 'The answer was written by hand, or came from another server.',
        todo: 'If it is to stay here, type this computer’s address into its server list.',
      },
    },
  },
  frameTooLong: {
    says: 'A message to it was too long ({{bytes}} bytes; it takes {{limit}}).',
    leads: 'It never got it.',
    causes: {
      notSent: {
        why: 'It does not fit the frame’s head and was not sent.',
        todo: 'Send less at a time.',
      },
      dropped: {
        why: `Its program drops longer frames without a word (linux over ${longestTaken.linux} bytes, android over ${longestTaken.android}).`,
        todo: 'Send less at a time.',
      },
    },
  },
  headForced: {
    says: 'It is answered with the {{from}} head and speaks with {{to}}.',
    leads: 'It may understand no answer.',
    causes: {
      setting: {
        why: 'The head is fixed in its settings.',
        todo: 'Set the frame head to “As it came”.',
      },
    },
  },
  headWrong: {
    says: 'Its frames have a wrong head, or none.',
    leads: 'They are read all the same, as far as that is certain.',
    causes: {
      program: {
        why: 'An unusual program, or something between that changes what it sends.',
        todo: 'Look at the bytes of such a frame. If it does not understand our answers, fix the head in its settings.',
      },
    },
  },
  headChanging: {
    says: 'It goes over from one frame head to the other: first {{from}}, then {{to}}.',
    leads: 'Each answer has the head it used last; it may not understand one.',
    causes: {
      program: {
        why: 'Two programs speak on one connection, or a relay mixes two.',
        todo: 'Fix the frame head in its settings to the one that it understands.',
      },
    },
  },
  lengthInChars: {
    says: 'It counts characters instead of bytes ({{declared}} instead of {{actual}}).',
    leads: 'Crema reads such frames; other servers cut them.',
    causes: {
      program: {
        why: 'A mistake in its program that shows with Chinese or other texts beyond ASCII.',
        todo: 'An upgrade may mend it; product names without such characters avoid it.',
      },
    },
  },
  jsonUnreadable: {
    says: 'Some of what it says can’t be read.',
    leads: 'What these frames wanted to say is lost; they are kept as they came.',
    causes: {
      program: {
        why: 'A mistake in its program, or a damaged line.',
        todo: 'Look at such a frame, and send it to whoever looks after the program.',
      },
    },
  },
  programRestarted: {
    says: 'Its program restarted within the last hour.',
    leads: 'What it was doing then was broken off.',
    causes: {
      program: {
        why: 'A command of ours, somebody at the machine, a power cut or a crash of its program.',
        todo: 'If nobody wanted it, look at what passed right before.',
      },
    },
  },
  signOlder: {
    says: 'Its sign is made by the older formula.',
    leads: 'It is the same at every login: whoever saw one could send it again.',
    causes: {
      program: {
        why: 'Older linux programs sign code and number instead of date and code.',
        todo: 'Nothing; an upgrade may bring the newer formula.',
      },
    },
  },
  signLoose: {
    says: 'Its sign fits, but a zero at its beginning is missing, or it is in capitals.',
    leads: 'Crema takes it; a stricter server would refuse it.',
    causes: {
      program: {
        why: 'Its program writes the hash as a number.',
        todo: 'Nothing here. On another server such a login fails now and then.',
      },
    },
  },
  jsonLenient: {
    says: 'Its JSON has mistakes ({{what}}).',
    leads: 'It is read all the same; a stricter server would not.',
    causes: {
      program: {
        why: 'Its program writes messages as the examples of the vendor’s document are.',
        todo: 'Nothing.',
      },
    },
  },
  textGb18030: {
    says: 'Its texts are in GB18030 instead of UTF-8.',
    leads: 'Crema reads them; other programs show them garbled.',
    causes: { program: { why: 'An older Chinese program.', todo: 'Nothing.' } },
  },
  commandsUnknown: {
    says: 'It says commands that Crema does not know, last “{{cmd}}”.',
    leads: 'They are kept and not answered.',
    causes: {
      program: {
        why: 'A newer or special program.',
        todo: 'If it says the same again and again it waits for an answer: look at the frame and tell who looks after Crema.',
      },
    },
  },
  fieldsOdd: {
    says: 'Members are missing in its messages, or make no sense (last: {{field}}).',
    leads: 'What they would have told is not known.',
    causes: {
      program: {
        why: 'Another version of its program.',
        todo: 'Nothing, as long as nothing is missing here.',
      },
    },
  },
  fieldsUnknown: {
    says: 'Its messages have fields that Crema does not know (last: {{field}}).',
    leads: 'They are kept and shown with their frame; nothing here is made of them.',
    causes: {
      program: {
        why: 'A newer or special program.',
        todo: 'Nothing for the machine. If such a field tells what should be seen here, show the frame to whoever looks after Crema.',
      },
    },
  },
} as const satisfies Partial<TextsOfRules>;
