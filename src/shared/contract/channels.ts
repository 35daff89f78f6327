/** Names of IPC channels. The preload script imports nothing else, so it stays one small file. */
export const requestChannel = 'crema:request';
export const feedChannel = 'crema:feed';
export const actionChannel = 'crema:action';
