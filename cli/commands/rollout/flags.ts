/** Flags that the commands of rollouts share. */
export const ROLLOUT = {
  now: { value: "time", description: "count from this time, as in RFC 3339, instead of now" },
  records: {
    value: "location",
    description: "another place of the records than rollouts.yaml names: a folder, or s3://…",
  },
} as const;

/** Flags of commands that record a person's decision. */
export const PERSON = {
  who: { value: "person", description: "who decides: a name or an address. Recorded" },
  reason: { value: "text", description: "why, for the next reader. Recorded" },
} as const;
