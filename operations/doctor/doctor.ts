import type { Problem } from "../../language/problem";
import type { Check } from "./report";

/** Facts about the machine. */
export interface Surroundings {
  readonly node: string;
  /** Version of the time-zone data of Node. */
  readonly zoneData: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True if the AWS CLI has a configuration file. */
  readonly hasAwsConfig: boolean;
  /** Undefined outside of a git repository. */
  readonly repository: string | undefined;
  readonly hasCommit: boolean;
  /** True if AWS is asked about the credentials too, which notices the role of an instance as well. */
  readonly asksAws: boolean;
}

/** Variables that contain credentials for the AWS CLI and Terraform. */
const CREDENTIALS = [
  "AWS_PROFILE",
  "AWS_ACCESS_KEY_ID",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

/** Returns the checks that make no calls. */
export function checkMachine({
  asksAws,
  env,
  hasAwsConfig,
  hasCommit,
  node,
  repository,
  zoneData,
}: Surroundings): Check[] {
  const source = CREDENTIALS.find((name) => (env[name] ?? "") !== "");
  return [
    { name: "Node", result: "ok", found: `${node}, time zones ${zoneData}`, cure: null },
    repositoryCheck(repository, hasCommit),
    source === undefined && !hasAwsConfig && !asksAws
      ? {
          name: "credentials",
          result: "problem",
          found:
            "no variable of the AWS CLI is set, and it has no configuration. The role of an instance is found with --aws only",
          cure: "With the AWS CLI 2, run aws configure sso, and set AWS_PROFILE to the profile that it writes. Without IAM Identity Center, run aws configure. fleet plan and fleet deploy need credentials; other commands do not",
        }
      : {
          name: "credentials",
          result: "ok",
          found: source ?? (hasAwsConfig ? "configuration of the AWS CLI" : "see below"),
          cure: null,
        },
  ];
}

function repositoryCheck(repository: string | undefined, hasCommit: boolean): Check {
  const problem = { name: "repository", result: "problem" } as const;
  const why = "fleet diff, affected and rehearse compare with an earlier version";
  if (repository === undefined)
    return {
      ...problem,
      found: "the definitions are in no git repository",
      cure: `Run git init, git add . and git commit -m "Begin": ${why}`,
    };
  return hasCommit
    ? { name: "repository", result: "ok", found: repository, cure: null }
    : { ...problem, found: `${repository} has no commit`, cure: `Run git add . and git commit -m "Begin": ${why}` };
}

/** Returns the check of the definitions. */
export function checkDefinitions(problems: readonly Problem[], clusters: number): Check {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return errors === 0
    ? { name: "definitions", result: "ok", found: `${clusters} ${clusters === 1 ? "cluster" : "clusters"}`, cure: null }
    : {
        name: "definitions",
        result: "problem",
        found: `${errors} ${errors === 1 ? "error" : "errors"}`,
        cure: "fleet validate shows each with its place",
      };
}
