import { basename, dirname, relative } from "node:path";

const SHOWN = 10;

/** Returns the seconds of each test file. A room is a suite of many files, whose titles begin with the file's. */
function secondsOf({ testFilePath, perfStats, testResults }) {
  const suite = relative(".", testFilePath);
  if (dirname(suite) !== "__tests__/rooms") return [[suite, perfStats.runtime / 1000]];
  const seconds = new Map();
  for (const { ancestorTitles, duration } of testResults) {
    const file = `__tests__/${ancestorTitles[0]}`;
    seconds.set(file, (seconds.get(file) ?? 0) + (duration ?? 0) / 1000);
  }
  const inTests = [...seconds.values()].reduce((sum, each) => sum + each, 0);
  return [...seconds, [`${suite} (loading the ${basename(suite, ".ts")} room)`, perfStats.runtime / 1000 - inTests]];
}

/** Prints the files that took longest, so that whoever makes the tests slower sees it. */
export default class SlowestFiles {
  onRunComplete(_contexts, { testResults }) {
    const files = testResults.flatMap(secondsOf).sort(([, a], [, b]) => b - a);
    if (files.length <= SHOWN) return;
    const sum = files.reduce((total, [, seconds]) => total + seconds, 0);
    console.log(`\nSlowest of ${Math.round(sum)} s in all workers:`);
    for (const [file, seconds] of files.slice(0, SHOWN)) console.log(`${seconds.toFixed(1).padStart(6)} s  ${file}`);
  }
}
