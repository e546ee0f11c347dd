import { readFileSync } from "node:fs";

test("the messages that lead to the page name a section that it has", () => {
  expect(readFileSync("docs/operations/upgrade-a-cluster.md", "utf8")).toContain("\n## Roll back an upgrade\n");
});
