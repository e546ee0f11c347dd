import { expanded } from "../../../bench/secret-corpus";
import { mayHoldSecret, SECRET_RULES, secretsIn } from "../../../fleet/secrets/search";

describe.each(SECRET_RULES.map((rule) => [rule.id, rule] as const))("%s", (_, { what, like, unlike, instead }) => {
  test("finds its example", () => {
    expect(secretsIn(expanded(like)).map(({ kind }) => kind)).toContainEqual(
      expect.objectContaining({ what, instead }),
    );
  });

  test("does not report text that only begins like it", () => {
    expect(secretsIn(expanded(unlike))).toEqual([]);
  });

  test("has a hint that is in the example", () => {
    expect(mayHoldSecret(`first\n${expanded(like)} last`)).toBe(true);
  });
});

test("each rule has its own id and a source", () => {
  const ids = SECRET_RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(SECRET_RULES.filter(({ source }) => source === "")).toEqual([]);
});
