/**
 * Asks a real server for proof that it works: two answered heartbeats on one connection, some time apart. The heartbeat names no machine,
 * so that no server takes the connection for a machine's or sends commands to it.
 */
import type { Socket } from 'node:net';
import { encodeFrame } from '../../core/protocol/encode';
import { FrameDecoder } from '../../core/protocol/frame';

/** [ours] ms for an answer. */
const answerLimit = 5_000;

/** Whether the server answers at once, and again after `steady` ms. Ends the connection. */
export async function answersHeartbeats(socket: Socket, steady: number): Promise<boolean> {
  try {
    if (!(await isAnswered(socket))) return false;
    if (await hasEnded(socket, steady)) return false;
    return await isAnswered(socket);
  } finally {
    socket.destroy();
  }
}

function isAnswered(socket: Socket): Promise<boolean> {
  const decoder = new FrameDecoder();
  return new Promise((resolve) => {
    const done = (isFrame: boolean): void => {
      clearTimeout(late);
      socket.off('data', onData).off('error', fail).off('end', fail).off('close', fail);
      resolve(isFrame);
    };
    const fail = (): void => done(false);
    const onData = (chunk: Buffer): void => {
      if (decoder.push(chunk).some(({ kind }) => kind === 'frame')) done(true);
    };
    const late = setTimeout(fail, answerLimit);
    socket.on('data', onData).on('error', fail).on('end', fail).on('close', fail);
    const sent = encodeFrame({ cmd: 'hb' }, 'decimal');
    if (socket.destroyed || !sent.ok) fail();
    else socket.write(sent.bytes);
  });
}

function hasEnded(socket: Socket, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (isOver: boolean): void => {
      clearTimeout(enough);
      socket.off('data', ignore).off('error', fail).off('end', fail).off('close', fail);
      resolve(isOver);
    };
    const ignore = (): void => undefined;
    const fail = (): void => done(true);
    const enough = setTimeout(() => done(false), ms);
    socket.on('data', ignore).on('error', fail).on('end', fail).on('close', fail);
  });
}
