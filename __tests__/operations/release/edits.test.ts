import fc from "fast-check";
import { parse } from "yaml";
import { withChannelRelease, withReleaseModel } from "../../../operations/release/edits";

test.each([
  ['a: "1"\nstable: "2026.11" # why\n', 'a: "1"\nstable: "2026.12" # why\n'],
  ["stable: 2026.11-a\n", 'stable: "2026.12"\n'],
  ['{ stable: "2026.11" }', '{ stable: "2026.12" }'],
  ['stable: { release: "2026.11", tfvars: {} }\n', 'stable: { release: "2026.12", tfvars: {} }\n'],
  ['stable:\n  # the one\n  release: "2026.11"\n', 'stable:\n  # the one\n  release: "2026.12"\n'],
  ["stable: '2026.11'\r\n", 'stable: "2026.12"\r\n'],
])("edits the release of a channel alone: %j", (before, after) => {
  expect(withChannelRelease(before, "stable", "2026.12")).toBe(after);
});

test.each([
  [
    "meta:\n  CLUSTER_NAME: a\n  RELEASE_MODEL: stable # ours\n",
    'meta:\n  CLUSTER_NAME: a\n  RELEASE_MODEL: "2026.12" # ours\n',
  ],
  [
    "meta:\n  CLUSTER_NAME: a # ours\n  TIER: x\n",
    'meta:\n  CLUSTER_NAME: a # ours\n  RELEASE_MODEL: "2026.12"\n  TIER: x\n',
  ],
  ["meta: { CLUSTER_NAME: a, TIER: x }\n", 'meta: { CLUSTER_NAME: a, RELEASE_MODEL: "2026.12", TIER: x }\n'],
  ["meta:\n  CLUSTER_NAME: a", 'meta:\n  CLUSTER_NAME: a\n  RELEASE_MODEL: "2026.12"\n'],
])("edits the release of a cluster alone, or adds it: %j", (before, after) => {
  expect(withReleaseModel(before, "2026.12")).toBe(after);
});

test.each([
  ["other: &r 2026.11-a\nstable: *r\n", "stable is not plain text in its place"],
  ["stable: &r 2026.11-a\nother: *r\n", "stable is not plain text in its place"],
  ["other: 2026.11-a\n", "stable is not plain text in its place"],
])("edits no other key with the same text: %j", (text, message) => {
  expect(() => withChannelRelease(text, "stable", "2026.12")).toThrow(message);
});

test("whatever the file contains besides, an edit and the edit back give the same text", () => {
  const comment = fc.stringMatching(/^[ -~]{0,20}$/);
  fc.assert(
    fc.property(comment, fc.constantFrom("2026.10", "2026.11"), fc.boolean(), (words, from, isMap) => {
      const value = isMap ? `{ release: "${from}" }` : `"${from}"`;
      const text = `# ${words}\ninsiders: "2026.12"\nstable: ${value} # ${words}\n`;
      const edited = withChannelRelease(text, "stable", "2026.12");

      expect(parse(edited)).not.toEqual(parse(text));
      expect(withChannelRelease(edited, "stable", from)).toBe(text);
    }),
    { numRuns: 50 },
  );
});
