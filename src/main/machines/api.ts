/** The interface of the machines thread for other threads: its calls, its events and the rows it sends. */
export {
  nothingChosen,
  nothingRecorded,
  type JournalReport,
  type MachinesRequest,
  type ServerCalls,
  type ServerEvents,
  type ServerSettings,
} from './server/calls';
export { described, lostLine, rescuedLine } from './server/logLines';
export type { ThreadData } from './thread';
