/** `npm run sim`: virtual machines against any server. */
import { complain, printLine, printOwn } from '../../lib/log/terminal';
import { Fleet } from './fleet';
import { readArguments, usage, type Run } from './switches';

function run({ options, misbehaviours, seconds }: Run): void {
  const fleet = new Fleet(options);
  for (const misbehaviour of misbehaviours) fleet.setMisbehaviour(null, misbehaviour, true);
  const grouped = (n: number) => n.toLocaleString('en-US');
  const status = () => {
    const { sent, received, lost } = fleet.counters;
    const losses = lost > 0 ? `, ${grouped(lost)} lost` : '';
    return `${grouped(fleet.connected)} of ${grouped(fleet.running)} connected, ${grouped(sent)} frames sent, ${grouped(received)} received${losses}`;
  };
  printLine(
    `${grouped(options.count)} ${options.count === 1 ? 'machine' : 'machines'} from ${options.first}, seed ${options.seed}, to ${options.host}:${options.port}`,
  );
  const ticker = setInterval(() => printLine(status()), 5_000);
  let ended = false;
  const end = async () => {
    if (ended) return;
    ended = true;
    printLine(`ended: ${status()}`);
    clearInterval(ticker);
    clearTimeout(limit);
    await fleet.stop();
    setTimeout(() => process.exit(0), 500).unref(); // exit even if the server does not close
  };
  const limit = seconds === undefined ? undefined : setTimeout(() => void end(), seconds * 1_000);
  process.once('SIGINT', () => void end());
  process.once('SIGTERM', () => void end());
}

/** Exits with code 2 for invalid switches. */
export function main(args: readonly string[]): void {
  const request = readArguments(args);
  if (request === 'help') printOwn(usage);
  else if ('problem' in request) {
    complain(request.problem);
    process.exitCode = 2;
  } else run(request);
}

main(process.argv.slice(2));
