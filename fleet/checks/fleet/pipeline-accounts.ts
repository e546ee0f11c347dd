import type { Problem } from "../../../language/problem";
import { descend, formatPath, type MapTree, type Path, placeOf } from "../../../language/yaml/tree";
import { AWS_AUDIENCE, DEFAULT_BRANCH } from "../../accounts/federations";
import { isBootstrapped } from "../../accounts/roles";
import type { Account, PipelineSettings } from "../../model/cluster";
import type { Layers } from "../../read/layers";
import { CI_SYSTEMS } from "../../schema/pipelines";

interface Found {
  readonly path: Path;
  readonly message: string;
}

type Bootstrap = NonNullable<Account["bootstrap"]>;

/** Warns about accounts whose roles do not trust the jobs that `pipelines.yaml` describes, or still trust those of a former CI system. */
export function pipelineAccountProblems(layers: Layers): Problem[] {
  const settings = layers.pipelines?.value;
  if (settings === undefined) return [];
  return [...layers.everyRead()].flatMap(({ folder, name, root }) => {
    const account = folder === "accounts" ? layers.account(name).own : undefined;
    if (account === undefined || !isBootstrapped(account)) return [];
    const found = [...untrusted(account.bootstrap, settings), ...leftOver(account.bootstrap, settings)];
    return found.map((each) => warning(root, each));
  });
}

function warning(root: MapTree, { message, path }: Found): Problem {
  return {
    rule: "pipelines",
    severity: "warning",
    place: placeOf(descend(root, path).tree),
    path: formatPath(root, path),
    message,
  };
}

function untrusted(bootstrap: Bootstrap, { branch = DEFAULT_BRANCH, repository, system }: PipelineSettings): Found[] {
  const index = {
    github: bootstrap.github?.findIndex((each) => each.repository === repository) ?? -1,
    gitlab: bootstrap.gitlab?.findIndex(({ project }) => project === repository) ?? -1,
    concourse: (bootstrap.concourse?.length ?? 0) - 1,
    prow: (bootstrap.prow?.length ?? 0) - 1,
  }[system];
  if (index < 0) {
    const jobs = system === "github" || system === "gitlab" ? `the jobs of ${repository}` : "any job of it";
    return [
      {
        path: ["bootstrap", ...(bootstrap[system] === undefined ? [] : [system])],
        message: `pipelines.yaml runs on ${system}, but the account's roles do not trust ${jobs}. Add an item to bootstrap.${system} and run fleet bootstrap`,
      },
    ];
  }
  if (system !== "github" && system !== "gitlab") return [];
  const item = bootstrap[system]?.[index];
  const trusted = item?.branch ?? DEFAULT_BRANCH;
  const audience = item !== undefined && "audience" in item ? item.audience : undefined;
  return [
    ...(trusted === branch
      ? []
      : [
          {
            path: ["bootstrap", system, index, ...(item?.branch === undefined ? [] : ["branch"])],
            message: `pipelines.yaml deploys the branch ${branch}, but only jobs of the branch ${trusted} may apply. Name the same branch in both files`,
          },
        ]),
    ...(audience === undefined || audience === AWS_AUDIENCE
      ? []
      : [
          {
            path: ["bootstrap", system, index, "audience"],
            message: `the tokens of generated pipelines have the audience ${AWS_AUDIENCE}, which the account's roles refuse. Remove the key`,
          },
        ]),
  ];
}

/** Returns CI systems whose jobs the roles trust although nothing is generated for them. Other repositories are none of this fleet. */
function leftOver(bootstrap: Bootstrap, { repository, system }: PipelineSettings): Found[] {
  const isOwn = {
    github: bootstrap.github?.some((each) => each.repository === repository),
    gitlab: bootstrap.gitlab?.some(({ project }) => project === repository),
    concourse: bootstrap.concourse !== undefined,
    prow: bootstrap.prow !== undefined,
  };
  return CI_SYSTEMS.filter((each) => each !== system && isOwn[each] === true).map((each) => ({
    path: ["bootstrap", each],
    message: `pipelines.yaml runs on ${system}, but the account's roles also trust the jobs of ${each}. Remove bootstrap.${each} after a move, and run fleet bootstrap`,
  }));
}
