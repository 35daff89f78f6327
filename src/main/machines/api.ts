/** The interface of the machines thread for other threads: its calls, its events and the rows it sends. */
export {
  nothingChosen,
  type JournalReport,
  type MachinesRequest,
  type ServerCalls,
  type ServerEvents,
  type ServerNews,
  type ServerSettings,
  type ServerSnapshot,
} from './server/calls';
export { described, lostLine, rescuedLine } from './server/logLines';
export type { Heard } from './server/machinesFeed';
export type { ThreadData } from './thread';
