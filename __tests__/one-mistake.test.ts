import { map, number, runsWithOneMistake } from "./support/one-mistake";

// What is left of maps: an empty table of Bottlerocket's settings is refused twice, an instance type with a weight of its own, a
// `remote_access` that lets nobody in, and a token of Teleport whose addon went with all the others.
test.each([
  ["map", map],
  ["number", number],
])("a %s in place of any value is reported once, in all but at most 5 of the runs", (_, mistake) => {
  const more = runsWithOneMistake(mistake).filter(({ errors }) => errors.length > 1);

  expect(more.length).toBeLessThanOrEqual(5);
});
