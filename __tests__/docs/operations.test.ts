import { readFileSync } from "node:fs";

test("messages refer to sections that exist in the page", () => {
  expect(readFileSync("docs/operations/upgrade-a-cluster.md", "utf8")).toContain("\n## Roll back an upgrade\n");
});
