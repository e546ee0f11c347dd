import { readPolicy } from "../../../operations/guard/policy";

test.each([
  ["none/of/this", 'directory "none/of/this" does not exist'],
  ["package.json", '"package.json" is not a directory'],
])("refuses %s as the directory of definitions", (directory, message) => {
  const read = () => readPolicy({ directory, shipped: "definitions", today: "2026-11-30" }, { peers: "none" });

  expect(read).toThrow(`DEFINITIONS_DIR: ${message}`);
});
