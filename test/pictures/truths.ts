/**
 * The states of the five-second test (states.ts), in the order of their pictures: name, program, whether it can sell, its problem, next step.
 * partly: some products or payments only. A last column names a state that the protocol can't express; the row is a similar state.
 */
import type { Platform } from '#shared/model/machine';

const table = `
idle | linux | yes | Nothing. | Nothing.
errorEnded | android | yes | Nothing now. The drip tray was missing for 20 s three minutes ago. | Nothing.
offline | linux | unknown | It has been offline for two minutes. | Look at its power and network.
noCups | android | no | It has no cups. | Refill cups; if there are cups, look at the cup sensor.
doorOpen | linux | unknown | Its door is open. | Close the door; if it is closed, look at the door switch.
wasteWater | android | yes | Its waste water barrel is full. | Empty the waste water barrel.
offlineLong | linux | unknown | Offline for two hours; it had no cups before. | Look at power and network; take cups along.
noLids | android | yes | A warning of the cup lid unit. | Look at the unit; refill lids. | No cup lids: no code means just this.
brewing | linux | yes | Nothing. It makes a drink that a customer has paid. | Nothing; wait for the drink.
priceZero | android | yes | Product 801 costs 0: nobody pays for it. | Set the price of product 801.
wasteBin | linux | no | Its waste bin is full, or the grounds bin is missing. | Empty the bin and put it back.
oneEmpty | android | partly | It has no sugar left, but the rest. | Refill sugar and enter the amount at the machine.
noWater | linux | no | Its water tank 1 is empty. | Refill water; look at the float and the pipe.
severalLow | android | yes | Beans, sugar and another powder run low. | Refill the three materials soon.
cupLeft | linux | unknown | A finished drink has not been taken. | Take the cup out; clean the cup sensor.
locked | android | no | The operator has locked the machine. | Ask the operator; unlock it when it may sell.
noPaymentDevice | linux | partly | Its payment device is not found. | Look at the MDB cable and the payment setting.
coinFault | android | partly | Its coin hopper has a fault. | Clear the coins in the hopper.
cold | linux | no | Its boiler is too cold. | Wait until it is hot; then look at the heater and the thermal cut-out.
motorBlocked | android | partly | The motor of canister 1 is blocked. | Clear and clean it. | A grinder fault: it has no code.
brewerFault | linux | no | The coffee brewer does not move as it should. | Clean and grease the brewer; look at its motors.
twoErrors | android | no | It has no beans, which stops it; and sugar runs low. | Refill beans; refill sugar too.
ownWords | linux | no | An unlisted code; its own words: the steam arm heater is too hot. | Look at that heater; restart it once.
twoMachines | android | unknown | Two machines use this number. | Find the second one and give it its own number.
cameBack | linux | unknown | It came back just now; its errors are not known yet. | Wait up to three minutes for its reports.
noLogin | android | unknown | It sends heartbeats but does not log in. | Restart it; look at its server settings.
wrongClock | android | yes | Its clock is two hours behind. | Set its clock.
brokenJson | linux | yes | Some of its frames can’t be read: their JSON is broken. | Look at the line and its program version.
framesLost | android | yes | Frames were lost: their numbers have gaps. | Look at the network line.
refused | android | yes | It did not open the door: somebody uses its management screen. | Close that screen; open again.
noAnswer | linux | yes | It did not answer a status query. | Ask again; if it stays silent, restart it.
waiting | linux | unknown | It is offline; a restart waits until it connects. | Look at its power and network.
ordered | android | yes | Nothing. It makes a drink that was ordered from here. | Wait until the drink is made.
orderFailed | linux | yes | A drink ordered from here failed: a part failed (6D00). | Run the part test; order again.
rehearsed | linux | yes | Nothing. It has not taken up a rehearsed payment yet. | Look whether it makes the drink.
downloading | android | yes | Nothing. It downloads an upgrade. | Wait until it has the package and has restarted.
notProven | android | yes | It has an upgrade but has not restarted: not proven. | Wait; if it stays so, restart it.
noEffect | android | yes | It downloaded an upgrade, restarted and kept its old version. | Check the package; upgrade again.
restarting | linux | no | Nothing. It restarts, as ordered from here. | Wait some minutes until it is back.
soldOut | android | no | It reports that all its products are sold out. | Refill its materials and enter the amounts.
sixProblems | linux | no | No cups, no water, waste bin full, beans and sugar low, door open. | Refill, empty, close the door.
loginRefused | linux | unknown | Its real server refused the login: number not known. | Have the number added; restart it on site.
serverGone | android | unknown | It is relayed, and its real server is not reachable. | Look at the server and the network to it.`;

const answers = ['yes', 'no', 'partly', 'unknown'] as const;

export interface Truth {
  readonly state: string;
  readonly program: Platform;
  readonly wrong: string;
  readonly sells: (typeof answers)[number];
  readonly todo: string;
  readonly insteadOf: string | null;
}

export const truths: readonly Truth[] = table
  .trim()
  .split('\n')
  .map((row) => {
    const [state = '', program = '', sells = '', wrong = '', todo = '', insteadOf] = row.split(' | ');
    const answer = answers.find((one) => one === sells);
    if (answer === undefined || todo === '') throw new Error(`not a state: ${row}`);
    return {
      state,
      program: program === 'linux' ? 'linux' : 'android',
      wrong,
      sells: answer,
      todo,
      insteadOf: insteadOf ?? null,
    };
  });
