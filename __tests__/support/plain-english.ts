/** Phrases that readers stumble over, and the words to write instead. */
const INSTEAD: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\b(?:knows? (?:no|it|them)|(?:does|do) not know)\b/i, "does not support, or does not exist"],
  [/\b(?:takes|taken)\b/i, "accepts, uses, or is accepted"],
  [/\b(?:told|tells)\b/i, "is reported, prints, or shows"],
  [/\bneeds (?:who|what)\b/i, "requires"],
  [/\bgoes (?:with|without)\b/i, "requires, or belongs to"],
  [/\bmeets\b/i, "collides with, or conflicts with"],
  [/\bis of a kind that\b/i, "is a, or has type"],
  [/\bhas no effect while\b/i, "has no effect because"],
  [/\b(?:name|call) \w+ otherwise\b/i, "rename"],
  [/\bfor ever\b/i, "permanently"],
  [/\b(?:led|goes) elsewhere\b/i, "routed to, or sent to"],
  [/\basked for\b/i, "requested, enabled, or set"],
  [/\b(?:made|makes)\b/i, "created, or creates"],
  [/\banew\b/i, "recreated, or replaced"],
  [/\bmend(?:ed|s)?\b/i, "fix"],
  [/\bthe other way round\b/i, "conversely"],
  [/\bwhere nothing is said\b/i, "by default"],
  [/\bstands? in\b/i, "is in, or is defined in"],
  [/\bof old\b/i, "legacy, or previous"],
  [/\bof (?:one's|our) own\b/i, "your own, or new"],
];

/** Returns each phrase in texts that readers stumble over, with what to write instead. */
export function mistakesIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    INSTEAD.flatMap(([phrase, instead]) => {
      const found = phrase.exec(text);
      return found === null ? [] : [`"${found[0]}" (write: ${instead}) in: ${text}`];
    }),
  );
}
