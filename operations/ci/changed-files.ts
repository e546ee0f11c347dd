/** Files below a directory of definitions whose change needs no test of the program, because a check of the fleet covers them. */
const OF_DEFINITIONS = [
  /^accounts\//,
  /^channels\.yaml$/,
  /^clusters\//,
  /^exceptions\//,
  /^ranges\.yaml$/,
  /^rollouts\.yaml$/,
  /^schema\/names\.schema\.json$/,
  /^tiers\//,
];

/** True if a change is about definitions alone. */
export function onlyDefinitions(changed: readonly string[], directory: string): boolean {
  const folder = `${directory.replace(/^\.\//, "").replace(/(?<!\/)\/+$/, "")}/`;
  return changed.every(
    (file) => file.startsWith(folder) && OF_DEFINITIONS.some((pattern) => pattern.test(file.slice(folder.length))),
  );
}
