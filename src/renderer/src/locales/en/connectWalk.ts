/** Why a machine does not connect: the steps, their results, the remedies, and the values to enter on a machine. */
import type { CodeOf, StepName, Trap } from '#shared/connectWalk';

type OfSteps = { readonly [S in StepName]: Readonly<Record<CodeOf<S>, string>> };

export const connectWalk = {
  connectWalk: {
    title: 'Why is no machine connected?',
    done: 'A machine is there: every step is passed.',
    summary: 'Steps of a connection',
    expected: 'Wait for number (optional)',
    state: { ok: 'passed', stop: 'stops here', unknown: 'not known', after: 'not looked at yet' },
    says: {
      listening: {
        on: 'Crema listens on {{where}}.',
        waiting: 'Crema waits for the address {{host}} to come back.',
        off: 'Crema does not listen.',
        inUse: 'Port {{port}} is in use by another program {{holder}}.',
        denied: 'This computer does not let Crema listen on port {{port}}.',
        other: 'Crema can’t listen on {{where}} ({{detail}}).',
      },
      reachable: {
        network: 'It is open to the network, not only to this computer.',
        loopback: 'Only this computer can reach it, so no real machine can come.',
      },
      adapter: {
        link: 'Adapter {{name}} has a link, address {{address}}.',
        proved: 'The adapter works: something came through it.',
        noLink: 'No link: {{name}}.',
        gone: 'No adapter has the address {{host}} now. Adapters: {{others}}',
        selfGiven: '{{name}} has only the address {{address}}, which it gave itself.',
        none: 'No adapter has an address.',
      },
      selfTest: {
        answered: 'Our own address {{host}}:{{port}} answers.',
        proved: 'The address answers: something came to it.',
        notYet: 'Our own address was not tried yet.',
        failed: 'Our own address {{host}}:{{port}} does not answer ({{detail}}).',
      },
      arrives: {
        came: 'A connection came from {{address}}.',
        nothing: 'No connection on port {{port}} yet.',
      },
      bytes: {
        some: 'It says something: {{bytes}}.',
        none: 'It connects but says nothing.',
      },
      frames: {
        some: 'It sends frames: {{frames}}.',
        none: 'It sends {{bytes}}, but not one frame.',
        http: 'It sends {{bytes}} of HTTP: a browser or another program, no machine.',
        tls: 'It sends {{bytes}} of TLS: a browser or another program, no machine.',
      },
      login: {
        came: 'It logged in as machine {{vmcNo}}.',
        unnamed: 'A login arrived.',
        none: 'It sends frames but no login.',
      },
      number: {
        expected: 'It is the number that is waited for: {{vmcNo}}.',
        any: 'Its number is {{vmcNo}}.',
        other: 'Machine {{vmcNo}} came; {{expected}} is waited for.',
        missing: 'The machine’s login carries no machine number (vmc_no is missing).',
        invalid: 'The machine’s login carries no valid machine number (vmc_no is “{{value}}”).',
      },
      policy: {
        served: 'Crema accepted its login.',
        relayed: 'Its real server accepted its login.',
        serverRefused: 'Its real server refused its login with ret {{ret}}.',
        serverSilent: 'Its real server has not answered its login.',
        cutOff: 'Its real server can’t be reached, and Crema does not answer in its place.',
        unanswered: 'Crema’s answer to its login has not been sent.',
        ret: 'Its login was refused with ret {{ret}}.',
        reserved: 'Crema rejected it: the direct link serves another machine.',
        sign: 'Its login was refused with ret 1: the sign does not fit the verification code.',
        numbers: 'It went by too many machine numbers on one connection.',
        crowded: 'Crema let go of it to make room: every place for a connection was taken.',
        contested: 'Its machine number belongs to another connection, which is verified by its sign.',
        full: 'Crema rejected {{address}}: all {{places}} connections are taken.',
      },
      stays: {
        connected: 'Machine {{vmcNo}} stays connected.',
        left: 'It came and left after {{time}}: {{who}}.',
      },
    } satisfies OfSteps,
    /** The meaning and the remedy, for the results that stop the walk. */
    help: {
      listening: {
        off: 'Choose an address below and press “Listen here”.',
        inUse: 'Another Crema may be running. End that program, or choose another port below.',
        denied: 'Ports below 1024 are for administrators. Choose another port below, such as 4567.',
        other: 'Choose another address or port below.',
      },
      reachable: { loopback: 'Choose the address of an adapter below and press “Listen here”.' },
      adapter: {
        noLink: 'As long as there is no link nothing can come: plug in the cable, or join the Wi-Fi.',
        gone: 'Join the network that gave this address, or choose one of the addresses below.',
        selfGiven: 'Nothing on this network gives out addresses.',
        none: 'Plug in the cable, or join the Wi-Fi the machine is on.',
      },
      selfTest: {
        failed:
          'A security program on this computer may block the connection. Listen again below, or stop that program.',
      },
      arrives: {
        nothing:
          'This computer is ready. Whether its firewall lets others in can’t be tried from here: open it as below, then look at the machine.',
      },
      bytes: { none: 'Usually a restart of the machine ends this.' },
      frames: {
        none: 'What came is below. It may be another program, or a machine with another protocol.',
        http: 'Look which device has this address.',
        tls: 'Look which device has this address.',
      },
      login: { none: 'A machine logs in once, at the beginning of a connection.' },
      number: {
        other: 'Check the number in the machine, or correct the number you wait for.',
        missing:
          'Without it Crema can’t answer. Set the number in the machine’s engineer menu: digits only, above 0.',
        invalid:
          'Crema can’t answer it. Set the number in the machine’s engineer menu: digits only, above 0.',
      },
      policy: {
        serverRefused: 'Ask the operator of that server, or stop the relay.',
        serverSilent: 'The login was passed on. Check that server, or stop the relay.',
        cutOff: 'Check that server. A relay setting lets Crema answer machines in the meantime.',
        unanswered: 'The machine does not take what Crema sends. Switch it off and on.',
        ret: 'This answer was sent by hand or by a relay rule. Switch the machine off and on to log in again.',
        reserved: 'Serve all machines again under “Direct link”.',
        sign: 'Type the same verification code into the machine and Crema, or let Crema only warn (machine, Settings).',
        numbers: 'It is a test program, or something forwards several machines on one connection.',
        crowded: 'A banner says which address holds so many.',
        contested:
          'Type the stored verification code into this machine. If two machines have this number, change one of them.',
        full: 'Machines that have a name are never let go for others. Disconnect some of them.',
      },
      stays: { left: 'Its last words are below.' },
    },
    trap: {
      cable: 'Cable, switch and Wi-Fi: is the link lamp on at both ends?',
      address: 'The Server IP in the machine must be exactly the address shown here.',
      port: 'A machine to which only an address is typed calls port {{usual}}: type the port too, or listen on {{usual}}.',
      powerCycle:
        'After joining Wi-Fi the machine must be switched off and on: it calls its server only while starting.',
      offlineMode: 'In offline mode a machine never connects: switch that off in its menu.',
      serverList:
        'A machine has a list of servers and goes to the next when one fails: is another one in its list?',
      guestNetwork: 'Guest Wi-Fi keeps devices apart: use another network, or a cable.',
      restart: 'Switch the machine off and on at its main switch.',
      otherProgram: 'It may be no machine: a port scanner, a printer, a browser.',
      numberMenu:
        'The machine number is in its engineer menu; after a change the machine has to be switched off and on.',
      code: 'The verification code has 8 characters, large and small letters differ.',
      twoMachines: 'Two machines may have the same number.',
      fixedAddresses:
        'With one cable between computer and machine give both fixed addresses, such as 192.168.1.20 and 192.168.1.21, mask 255.255.255.0.',
    } satisfies Record<Trap, string>,
    byCrema: 'Crema ended it, {{reason}}',
    times_one: 'This address came and left {{count}} time within 15 minutes.',
    times_other: 'This address came and left {{count}} times within 15 minutes.',
    from: '{{where}}, for {{time}}',
    fromEnded: '{{where}}, stayed {{time}}, ended {{ago}}',
    heard: 'last heard {{ago}}',
    firstBytes: 'First bytes',
    lastWords: 'Last data received',
    testAgain: 'Test again',
    tryOwn: 'Test our own address',
    firewall: 'Firewall of the computer',
    firewallClicks: {
      win32:
        'Windows Security, “Firewall & network protection”, “Allow an app through firewall”: tick Crema for private and public networks. Or as administrator:',
      darwin:
        'System Settings, Network, Firewall, Options: “Allow incoming connections” for Crema. Or in the Terminal:',
      linux: 'Whichever of these firewalls it has, in a terminal:',
    },
    command: 'command',
    others: 'Frequent causes',
    showSheet: 'Show large, print',
    sheet: {
      title: 'Type this into the machine',
      corner: 'Press and hold the top left corner of the machine’s screen, then type the engineer password.',
      menu: 'Open the network (server) settings.',
      type: 'Server IP {{address}}, port {{port}}. {{appended}}',
      appended: 'Where only an address can be typed: the machine itself appends {{port}}.',
      notAppended:
        'Where only an address can be typed: type {{where}}, as the machine itself appends {{usual}}.',
      number: 'Machine number {{vmcNo}}.',
      restart: 'Save, then switch the machine off and on at its main switch.',
      qr: 'QR code with the text {{text}}',
      qrNote: 'For a phone: address and port as text.',
    },
  },
} as const;
