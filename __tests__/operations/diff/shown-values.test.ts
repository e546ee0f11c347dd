import { shownDifferences } from "../../../operations/diff/shown-values";

const shown = (path: string[], after: unknown, type?: string): unknown =>
  shownDifferences([{ path, before: undefined, after }], type).attributes[0]?.after;

test("shows no secret, found by its form, its key or the provider's schema", () => {
  const token = `ghp_${"a1B2".repeat(9)}`;

  expect(shown(["values", "x"], token)).not.toContain(token);
  expect(shown(["values", "auth", "password"], "hunter2-very-secret")).toBe("(secret)");
  expect(shown(["values"], { password: { value: "x" }, name: "n" })).toEqual({ password: "(secret)", name: "n" });
  expect(shown(["repository_password"], "x", "helm_release")).toBe("(secret)");
  expect(shown(["user_data", "[]"], `export TOKEN=${token}`)).not.toContain(token);
});

test("cuts long texts, and counts the differences that are left out", () => {
  expect(shown(["x"], "y".repeat(500))).toBe(`${"y".repeat(400)}…`);

  const many = Array.from({ length: 50 }, (_, index) => ({ path: [`${index}`], before: 1, after: 2 }));
  expect(shownDifferences(many)).toMatchObject({ hidden: 10 });
});
