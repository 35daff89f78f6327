/**
 * @typedef {{ pattern: RegExp, instead: string }} BannedWord
 * @typedef {{ name: string, instead: string }} BannedName
 */

/** Words and phrases of the project's old dialect, with the standard term. @type {readonly BannedWord[]} */
export const bannedWords = [
  { pattern: /\b(?:tell|tells|told|telling)\b/gi, instead: 'report, send, distinguish' },
  { pattern: /\banew\b/gi, instead: 'again' },
  { pattern: /\bwhoever\b/gi, instead: 'name the person or program' },
  { pattern: /\bwhat (?:comes|came)\b/gi, instead: 'incoming data' },
  { pattern: /\bsaid\b/gi, instead: 'reported, sent' },
  {
    pattern:
      /(?<=\b(?:machines?|it|itself|they|who|what|one|nothing|nobody|anybody|server|program|carrier|relay|android|linux|file|entry|finding|frame|head|system|setting|person) )(?:says?|saying)\b/gi,
    instead: 'reports, sends, contains',
  },
  { pattern: /\b(?:go|goes|going|gone|went) on\b(?! (?:the|a|an) )/gi, instead: 'continue' },
  {
    pattern:
      /\b(?:a|another|each|every|one|second|no|(?:the|its|a) (?:first|last|next)) look\b|\blooks? of \d/gi,
    instead: 'check, read, view',
  },
  {
    pattern:
      /(?<=(?:\w['’]s|\bwhose|\bown|\blast|\bno|\btheir|\bits|\bhis|\bher|\bwithout a) )words?\b(?! for word)|\bword of (?:the|a|an|its|it)\b/gi,
    instead: 'term, message, text, answer',
  },
  {
    pattern:
      /(?<!\bthere )\b(?:is|are|was|were|be|been) no\b(?! (?:longer|more|less|fewer|later|earlier|better|worse|greater|smaller|larger|older|newer)\b)/gi,
    instead: 'is not a',
  },
  { pattern: /(?<!\bthere )\b(?:is|are|was|were|be|been) none\b(?! of\b)/gi, instead: 'is not a' },
  { pattern: /\bof which\b/gi, instead: 'a new sentence with the noun' },
  {
    pattern: /\bas far as (?:it|they|that|this|he|she|one) (?:goes?|went|comes?|came)\b/gi,
    instead: 'name the limit',
  },
  { pattern: /\b(?:one|ones) (?:that|which|whose|who)\b/gi, instead: 'repeat the noun' },
  { pattern: /\bfarewells?\b/gi, instead: 'stop timeout' },
  { pattern: /\bvictims?\b/gi, instead: 'evicted entry' },
];

/** First words of a sentence that hide its subject. Questions may start so. @type {RegExp} */
export const bannedOpening = /^[\s*"'“‘(]*(?:what|whatever|whoever|whose|of which)(?=\s)/i;

/** Parts of identifiers, as one or more words in camelCase. @type {readonly BannedName[]} */
export const bannedNames = [
  { name: 'farewell', instead: 'stopTimeoutMs' },
  { name: 'isThrough', instead: 'isFullyForwarded' },
  { name: 'isBehind', instead: 'hasBacklog' },
  { name: 'endsOfSleep', instead: 'reasonsMappedToSlept' },
  { name: 'said', instead: 'reported' },
  { name: 'victim', instead: 'evicted' },
  { name: 'victims', instead: 'evicted' },
  { name: 'told', instead: 'reported, notice' },
  { name: 'tell', instead: 'report' },
  { name: 'tells', instead: 'reports' },
  { name: 'anew', instead: 'again' },
  { name: 'whoever', instead: 'the client' },
  { name: 'whatComes', instead: 'incoming' },
  { name: 'goesOn', instead: 'continues' },
  { name: 'circumstances', instead: 'facts, context' },
  { name: 'runLine', instead: 'runMachine' },
  { name: 'knowledge', instead: 'help' },
];
