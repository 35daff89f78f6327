/** Times that both ends of a command across sites keep. */

/** [ours] ms for a person at the site to decide. */
export const decideWithin = 60_000;
/** [ours] ms for which the site accepts `give` after it has allowed a command. */
export const tokenFor = 15_000;
