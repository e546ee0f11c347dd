import type { Program, Repository } from "./program";

/** Returns the README of a new repository, with the next five steps. */
export function readme({ account, cluster, folder }: Repository, { install, name }: Program): string {
  const its = cluster ?? "<CLUSTER_NAME>";
  return `# ${folder}

Clusters on Amazon EKS: one YAML file in \`definitions/clusters/\` is one cluster. The program is the package \`${name}\`; its version is in
\`package.json\`.

| path | content |
| --- | --- |
| \`definitions/accounts/\` | AWS accounts: state bucket, roles, ranges, zones |
| \`definitions/tiers/\` | settings that clusters of one kind share |
| \`definitions/channels.yaml\` | which release of versions clusters follow |
| \`definitions/clusters/\` | the clusters, one folder for each team |
| \`definitions/ranges.yaml\` | the range of each network, so that two branches cannot take the same |
| \`definitions/schema/\` | hints for editors. \`npx fleet schema\` writes them |
| \`main.ts\`, \`cdktf.json\` | what \`npx cdktf\` runs |

What is not here comes from the program. \`npx fleet show --layers\` lists every file that is read, and where it is.

## Next steps

1. Install the program with \`${install}\`, and keep the files: \`git init\`, \`git add .\`, \`git commit -m "Begin"\`.
2. Read \`definitions/accounts/${account ?? "<name>"}.yaml\`: who administers the clusters, the zone of your domain, ranges that are in use. Then an
   administrator of the account runs \`npx fleet bootstrap ${account ?? "<name>"}\` once, which creates the state bucket and the roles.
3. Change ${cluster === undefined ? "your first cluster" : `\`${cluster}\``}, and see what that means, without AWS:
${commands([
  ["npx fleet validate", "every mistake, with its place"],
  [`npx fleet show ${its} --origin`, "every value, and where it comes from"],
  [`npx fleet rehearse ${its} --base none`, "apply it to a simulated cloud"],
])}
4. Log in to AWS, for example with \`aws sso login\`, and deploy:
${commands([
  [`npx fleet doctor --aws ${its}`, "what is missing on this machine and in the account"],
  [`npx fleet plan ${its}`, "what would be created"],
  [`npx fleet deploy ${its}`, "asks before each stack"],
])}
5. Add clusters with \`npx fleet new <CLUSTER_NAME>\`, which asks for the rest, and merge them by pull requests. \`npx fleet rehearse\` shows what a
   branch changes, without credentials. \`npx fleet pipelines generate\` writes the pipelines that \`definitions/pipelines.yaml\` describes.

\`npx fleet --help\` lists every command. The pages that messages name, such as \`docs/guard.md\`, are in \`node_modules/${name}/docs/\`.
`;
}

/** Returns a block of command lines below an item of a list, with their meanings in one column. */
function commands(lines: readonly (readonly [line: string, meaning: string])[]): string {
  const width = Math.max(...lines.map(([line]) => line.length));
  const block = ["```sh", ...lines.map(([line, meaning]) => `${line.padEnd(width)}  # ${meaning}`), "```"];
  return block.map((line) => `   ${line}`).join("\n");
}
