/** Why a machine does not connect: the steps, their results, the remedies, and the values to enter on a machine. */
import type { CodeOf, StepName, Trap } from '#shared/connectWalk';

type OfSteps = { readonly [S in StepName]: Readonly<Record<CodeOf<S>, string>> };

export const connectWalk = {
  connectWalk: {
    title: 'Why is no machine connected?',
    summary: 'Steps of a connection',
    expected: 'Machine number (optional)',
    checks: 'Progress of the connection',
    check: {
      listening: 'listening',
      network: 'network',
      adapter: 'adapter',
      ownAddress: 'own address',
      connection: 'connection',
      data: 'data',
      login: 'login',
    },
    likeliest: 'Likeliest causes',
    allCauses: 'All causes',
    state: { ok: 'passed', stop: 'failed here', unknown: 'unknown', after: 'not checked yet' },
    says: {
      listening: {
        on: 'Crema is listening on {{where}}.',
        waiting: 'Crema is waiting for address {{host}} to come back.',
        off: 'Crema is not listening.',
        inUse: 'Port {{port}} is used by another program{{holder}}.',
        denied: 'The operating system does not let Crema listen on port {{port}}.',
        other: 'Crema can’t listen on {{where}} ({{detail}}).',
      },
      reachable: {
        network: 'The address is open to the network, not only to this computer.',
        loopback: 'Only this computer can reach the address. Real machines can’t connect.',
      },
      adapter: {
        link: 'Adapter {{name}} has a link. Its address is {{address}}.',
        proved: 'The adapter works: data arrived through it.',
        noLink: 'Adapter without a link: {{name}}.',
        gone: 'No adapter has the address {{host}}. Adapters: {{others}}',
        selfGiven: '{{name}} has only the self-assigned address {{address}}.',
        none: 'No adapter has an address.',
      },
      selfTest: {
        answered: 'This computer’s address {{host}}:{{port}} answers.',
        proved: 'The address works: a connection arrived.',
        notYet: 'This computer’s address has not been tested yet.',
        failed: 'This computer’s address {{host}}:{{port}} does not answer ({{detail}}).',
      },
      arrives: {
        came: 'A connection from {{address}} arrived.',
        nothing: 'No connection on port {{port}} yet.',
      },
      bytes: {
        some: 'Data received: {{bytes}}.',
        none: 'Connected, but no data received.',
      },
      frames: {
        some: 'Frames received: {{frames}}.',
        none: '{{bytes}} received, but no frame among them.',
        http: '{{bytes}} of HTTP received. The sender is a browser or another program, not a machine.',
        tls: '{{bytes}} of TLS received. The sender is a browser or another program, not a machine.',
      },
      login: {
        came: 'Machine {{vmcNo}} logged in.',
        unnamed: 'A login was received.',
        none: 'Frames arrive, but no login.',
      },
      number: {
        expected: 'The number is the expected one: {{vmcNo}}.',
        any: 'The machine number is {{vmcNo}}.',
        other: 'Machine {{vmcNo}} connected. The expected number is {{expected}}.',
        missing: 'The login carries no machine number (vmc_no is missing).',
        invalid: 'The login carries no valid machine number (vmc_no is “{{value}}”).',
      },
      policy: {
        served: 'Crema accepted the login.',
        relayed: 'The real server accepted the login.',
        serverRefused: 'The real server refused the login (ret {{ret}}).',
        serverSilent: 'The real server has not answered the login.',
        cutOff: 'The real server is unreachable, and Crema does not answer in its place.',
        unanswered: 'Crema’s answer to the login has not been sent.',
        ret: 'The login was refused (ret {{ret}}).',
        reserved: 'Crema rejected the machine: the direct link serves another one.',
        sign: 'The login was refused (ret 1): the sign does not match the verification code.',
        numbers: 'One connection used too many machine numbers.',
        crowded: 'Crema closed the connection: all connections were in use.',
        contested: 'The machine number belongs to another connection, which is verified by its sign.',
        full: 'Crema rejected {{address}}: all {{places}} connections are in use.',
      },
      stays: {
        connected: 'Machine {{vmcNo}} stays connected.',
        left: 'Disconnected after {{time}}: {{who}}.',
      },
    } satisfies OfSteps,
    /** The meaning and the remedy, for the results that stop the walk. */
    help: {
      listening: {
        off: 'Press “Listen on …” above, or choose another address.',
        inUse: 'Another Crema may be running. Close that program, or choose another port below.',
        denied: 'Ports below 1024 need administrator rights. Choose another port below, such as 4567.',
        other: 'Choose another address or port below.',
      },
      reachable: { loopback: 'Press “Listen on …” above, or choose another address.' },
      adapter: {
        noLink: 'Plug in the cable or join the Wi-Fi. Without a link nothing can arrive.',
        gone: 'Join the network of this address again, or choose another address below.',
        selfGiven: 'No device on this network assigns addresses.',
        none: 'Plug in the cable, or join the Wi-Fi of the machine.',
      },
      selfTest: {
        failed:
          'A security program on this computer may block the connection. Listen again below, or stop that program.',
      },
      arrives: {
        nothing:
          'This computer is ready. Crema can’t test from here whether its firewall lets other devices in. Allow Crema as shown below, then check the machine.',
      },
      bytes: { none: 'A restart of the machine usually helps.' },
      frames: {
        none: 'The received bytes are below. The sender may be another program, or a machine with another protocol.',
        http: 'Find the device with this address.',
        tls: 'Find the device with this address.',
      },
      login: { none: 'A machine logs in once, when it connects.' },
      number: {
        other: 'Check the number in the machine, or correct the expected number above.',
        missing:
          'Crema can’t answer without it. Set the number in the machine’s engineer menu: digits only, above 0.',
        invalid: 'Crema can’t answer. Set the number in the machine’s engineer menu: digits only, above 0.',
      },
      policy: {
        serverRefused: 'Ask the operator of that server, or stop the relay.',
        serverSilent: 'The login was forwarded. Check that server, or stop the relay.',
        cutOff: 'Check that server. A relay setting lets Crema answer machines in the meantime.',
        unanswered: 'The machine does not receive data from Crema. Switch it off and on.',
        ret: 'This answer was sent manually or by a relay rule. Switch the machine off and on to log in again.',
        reserved: 'Serve all machines again under “Direct link”.',
        sign: 'Enter the same verification code in the machine and in Crema, or set the sign check to “Warn” in the machine’s settings.',
        numbers:
          'The sender may be a test program, or a device that forwards several machines on one connection.',
        crowded: 'The banner names the address with the most connections.',
        contested:
          'Enter the stored verification code in this machine. If two machines have this number, change one of them.',
        full: 'Crema never disconnects machines that have a name. Disconnect some of them.',
      },
      stays: { left: 'The last data received is below.' },
    },
    trap: {
      cable: 'Cable, switch and Wi-Fi: is the link lamp on at both ends?',
      firewall: 'A firewall on this computer may block Crema. Allow Crema under “Firewall of this computer”.',
      address: 'The Server IP in the machine must be exactly the address shown here.',
      port: 'If only an address is entered, the machine uses port {{usual}}. Enter the port too, or listen on {{usual}}.',
      powerCycle:
        'After joining Wi-Fi, switch the machine off and on. It connects to its server only at startup.',
      offlineMode: 'In offline mode a machine never connects. Turn that mode off in its menu.',
      serverList:
        'A machine tries the next server in its list when one fails. Does the list contain another server?',
      guestNetwork: 'Guest Wi-Fi isolates its devices. Use another network, or a cable.',
      restart: 'Switch the machine off and on at its main switch.',
      otherProgram: 'The device may not be a machine: a port scanner, a printer, a browser.',
      numberMenu:
        'The machine number is in its engineer menu. After a change, switch the machine off and on.',
      code: 'The verification code has 8 characters and is case-sensitive.',
      twoMachines: 'Two machines may have the same number.',
      fixedAddresses:
        'With one cable between computer and machine, give both a fixed address. For example 192.168.1.20 and 192.168.1.21, mask 255.255.255.0.',
    } satisfies Record<Trap, string>,
    byCrema: 'Closed by Crema: {{reason}}',
    times_one: 'This address connected and disconnected {{count}} time within 15 minutes.',
    times_other: 'This address connected and disconnected {{count}} times within 15 minutes.',
    from: '{{where}}, for {{time}}',
    fromEnded: '{{where}}, connected for {{time}}, ended {{ago}}',
    heard: 'last heard {{ago}}',
    firstBytes: 'First bytes',
    lastWords: 'Last data received',
    testAgain: 'Test again',
    tryOwn: 'Test this computer’s address',
    firewall: 'Firewall of this computer',
    firewallClicks: {
      win32:
        'Windows Security, “Firewall & network protection”, “Allow an app through firewall”: tick Crema for private and public networks. Or as administrator:',
      darwin:
        'System Settings, Network, Firewall, Options: “Allow incoming connections” for Crema. Or in the Terminal:',
      linux: 'Run the command for the firewall in use:',
    },
    command: 'command',
    showSheet: 'Show large',
    sheet: {
      title: 'Enter this in the machine',
      corner: 'Press and hold the top left corner of the machine’s screen, then enter the engineer password.',
      menu: 'Open the network (server) settings.',
      type: 'Server IP {{address}}, port {{port}}. {{appended}}',
      appended: 'Where only an address can be entered, the machine adds port {{port}}.',
      notAppended:
        'Where only an address can be entered, enter {{where}}. Otherwise the machine adds {{usual}}.',
      number: 'Machine number {{vmcNo}}.',
      restart: 'Save, then switch the machine off and on at its main switch.',
      qr: 'QR code with the text {{text}}',
      qrNote: 'For a phone: address and port as text.',
    },
  },
} as const;
