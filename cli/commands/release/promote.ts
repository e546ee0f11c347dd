import { defineCommand, TODAY } from "../../shared/command";

export const promote = defineCommand({
  name: "promote",
  summary: "move a channel or a cluster to a release, by an edit of the definitions",
  details:
    "Edits one key of one file, and nothing else: revert the edit to undo the promotion. Refuses a release that has not proven itself in an earlier channel or wave, that skips a release or a Kubernetes version, that goes back over one that cannot be undone, or with which a definition has an error. Clusters that are held stay. Ends with 2 if it is refused.",
  positionals: [
    { name: "<target>", description: "name of a channel or of a cluster" },
    { name: "<release>", description: "name of a release" },
  ],
  flags: {
    "dry-run": { description: "show what would change, and edit nothing" },
    "pull-request": {
      description:
        "open a pull request on GitHub or GitLab, and leave the working tree as it is. Requires GITHUB_TOKEN or GITLAB_TOKEN",
    },
    records: {
      value: "location",
      description: "another place of the records of rollouts than rollouts.yaml names: a folder, or s3://…",
    },
    today: TODAY,
  },
  examples: [
    ["fleet promote stable 2027.01", "edit channels.yaml, and print the git commands"],
    ["fleet promote stable 2027.01 --pull-request", "propose it on GitHub or GitLab"],
    ["fleet promote shop.acme.example.net 2027.01", "one cluster"],
  ],
  run: async (input) => (await import("../../actions/release/promote")).run(input),
});
