import fc from "fast-check";
import { boundedName, NAME_LIMITS, shortHash } from "../../aws/names";

const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,98}[a-z0-9]$/);
const part = fc.stringMatching(/^[a-z][a-z0-9-]{0,34}[a-z0-9]$/);

describe("names within a limit", () => {
  test("fit the limit of each service, and end in their part", () => {
    fc.assert(
      fc.property(slug, part, fc.constantFrom(...Object.values(NAME_LIMITS)), (prefix, suffix, limit) => {
        const name = boundedName(prefix, suffix, limit);
        expect(name.length).toBeLessThanOrEqual(limit);
        expect(name.endsWith(`-${suffix}`)).toBe(true);
        expect(name).toMatch(/^[a-z0-9][a-z0-9-]*$/);
      }),
    );
  });

  test("differ if their slugs differ, even at the end only", () => {
    const long = "a".repeat(90);
    fc.assert(
      fc.property(slug, slug, part, (one, other, suffix) => {
        fc.pre(one !== other);
        const names = [boundedName(`${long}${one}`, suffix, 64), boundedName(`${long}${other}`, suffix, 64)];
        expect(names[0]).not.toBe(names[1]);
      }),
    );
  });

  test("have no hash while they fit, and never change", () => {
    expect(boundedName("a-example-com", "node", 64)).toBe("a-example-com-node");
    expect(boundedName("abc", "de", 6)).toBe("abc-de");
    expect(boundedName("production-eks-example-com", "aws-load-balancer-controller", 40)).toBe(
      "pr-75f13fb4-aws-load-balancer-controller",
    );
  });

  test("are refused if the part leaves no room for the slug", () => {
    expect(() => boundedName("abcdefgh-ijk", "a".repeat(20), 30)).toThrow(RangeError);
  });

  test("a hash is the first 8 digits of SHA-256", () => {
    expect(shortHash("abc")).toBe("ba7816bf");
  });
});
