/** Returns the commands that follow the writing of a cluster's files. They work without a commit too. */
export function nextCommands(cluster: string, files: readonly string[]): string {
  const show = `npx fleet show ${cluster} --origin`;
  const rehearse = `npx fleet rehearse ${cluster} --base none`;
  return [
    `  ${show.padEnd(rehearse.length)}  every value, and where it comes from`,
    `  ${rehearse}  apply it to a simulated cloud`,
    `  git add ${files.join(" ")}  then commit it and open a pull request`,
  ].join("\n");
}
