import type { Variable } from "../model/model";

/** Expressions of GitHub Actions. None contains a text of a definition. */
export const FROM_REPOSITORY =
  "github.event_name != 'pull_request' || github.event.pull_request.head.repo.full_name == github.repository";
export const WITH_ACCOUNTS = "vars.FLEET_AWS == 'true'";
export const OF_PULL_REQUEST = "github.event_name == 'pull_request'";

/** Expression for the value of each variable. The merge commit of a pull request has the target branch as its first parent. */
export const VARIABLE_VALUES: Readonly<Record<Variable, string>> = {
  BASE: "${{ github.event.merge_group.base_sha || 'HEAD^1' }}",
  CHANGE: "${{ github.event.pull_request.number }}",
  CLUSTER_NAME: "${{ matrix.cluster }}",
  SHARD: "${{ matrix.shard }}",
  TARGET: "${{ inputs.TARGET }}",
  RELEASE: "${{ inputs.RELEASE }}",
};

/** Secrets for messages, by the variables that `fleet ci tell` reads. */
export const MESSAGE_SECRETS = {
  slack: {
    FLEET_SLACK_TOKEN: "${{ secrets.FLEET_SLACK_TOKEN }}",
    FLEET_SLACK_WEBHOOK: "${{ secrets.FLEET_SLACK_WEBHOOK }}",
  },
  webhook: { FLEET_WEBHOOK_URL: "${{ secrets.FLEET_WEBHOOK_URL }}" },
} as const;

/** Returns the group of runs of the same pull request, or of the same entry of a merge queue. */
export function changeGroup(pipeline: string): string {
  return `${pipeline}-\${{ github.event.pull_request.number || github.ref }}`;
}

/** Returns text that GitHub does not evaluate, whatever it contains. */
export function literal(text: string): string {
  return text.replaceAll("${{", "${{ '${{' }}");
}

/** Returns the list that an earlier job prints for a matrix. */
export function itemsOf(job: string): string {
  return `\${{ fromJSON(needs.${job}.outputs.items) }}`;
}

/** Returns the condition that all parts hold. */
export function all(parts: readonly string[]): string | undefined {
  if (parts.length === 0) return undefined;
  return parts.map((part) => (part.includes("||") ? `(${part})` : part)).join(" && ");
}

/** Returns the condition that a run is of a branch. */
export function onBranch(branch: string): string {
  return `github.ref == 'refs/heads/${quoted(branch)}'`;
}

/** Returns text as it is written between single quotes in an expression, where two of them stand for one. */
export function quoted(text: string): string {
  return text.replaceAll("'", "''").replaceAll("}}", "} }");
}

/** Returns the value that a person gives a variable. */
export function inputValue(variable: Variable): string {
  return `\${{ inputs.${variable} }}`;
}
