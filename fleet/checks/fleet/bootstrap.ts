import { meantOrKnown } from "../../../language/suggest";
import { matchesWildcards } from "../../../language/wildcard";
import type { Path } from "../../../language/yaml/tree";
import { CONCOURSE_JOBS, DEFAULT_BRANCH } from "../../accounts/federations";
import { isBootstrapped, ROLE_LEVELS } from "../../accounts/roles";
import type { Account } from "../../model/cluster";

interface Found {
  readonly path: Path;
  readonly message: string;
}

/** Reports settings of `bootstrap` that contradict each other, or that would let the wrong job assume a role. */
export function bootstrapProblems(account: Account, accounts: readonly string[]): readonly Found[] {
  if (!isBootstrapped(account)) return [];
  return [
    ...roleProblems(account.roles),
    ...githubProblems(account.bootstrap),
    ...gitlabProblems(account.bootstrap),
    ...concourseProblems(account.bootstrap),
    ...prowProblems(account.bootstrap),
    ...peerProblems(account, accounts),
    ...boundaryProblems(account.bootstrap),
  ];
}

type Bootstrap = NonNullable<Account["bootstrap"]>;

function roleProblems({ deploy, destroy, plan }: Account["roles"]): readonly Found[] {
  if (destroy === undefined)
    return [
      { path: ["roles"], message: "requires the key destroy, because bootstrap creates a role of its own for it" },
    ];
  const arns = { plan, deploy, destroy };
  return Object.entries(arns).flatMap(([role, arn]) =>
    Object.entries(arns).some(([other, same]) => other < role && same === arn)
      ? [{ path: ["roles", role], message: `is already another role: ${arn}. bootstrap creates three different roles` }]
      : [],
  );
}

function githubProblems({ github = [] }: Bootstrap): readonly Found[] {
  return github.flatMap(({ environments, issuer, workflows }, index): Found[] => {
    const path: Path = ["bootstrap", "github", index];
    const { apply, destroy, plan } = environments ?? {};
    const needsKey =
      issuer === undefined ? [] : [...(["apply", "destroy"] as const).filter((each) => environments?.[each])];
    return [
      ...needsKey.map((each) => ({
        path: [...path, "environments", each],
        message:
          "requires tokens of github.com: AWS compares the branch of other issuers only in the subject, where an environment replaces it. Remove the environment",
      })),
      ...(issuer !== undefined && workflows !== undefined
        ? [
            {
              path: [...path, "workflows"],
              message: "requires tokens of github.com, because AWS reads the workflow from no other issuer. Remove it",
            },
          ]
        : []),
      ...(destroy !== undefined && (destroy === apply || destroy === plan)
        ? [
            {
              path: [...path, "environments", "destroy"],
              message: `must be another environment than ${destroy === apply ? "apply" : "plan"}, or the same jobs may destroy`,
            },
          ]
        : []),
      ...(apply !== undefined && apply === plan
        ? [
            {
              path: [...path, "environments", "plan"],
              message: "must be another environment than apply, or plans wait for its reviewers",
            },
          ]
        : []),
    ];
  });
}

function gitlabProblems({ gitlab = [] }: Bootstrap): readonly Found[] {
  return gitlab.flatMap(({ branch = DEFAULT_BRANCH, destroy_branch }, index) =>
    destroy_branch === branch
      ? [
          {
            path: ["bootstrap", "gitlab", index, "destroy_branch"],
            message: `must be another branch than ${branch}, or the same jobs may destroy`,
          },
        ]
      : [],
  );
}

/** Two patterns overlap if a job could have a name that both match. */
function concourseProblems({ concourse = [] }: Bootstrap): readonly Found[] {
  return concourse.flatMap(({ jobs = {} }, index) =>
    ROLE_LEVELS.flatMap((level, at) =>
      ROLE_LEVELS.slice(0, at).flatMap((other) => {
        const theirs = jobs[other] ?? CONCOURSE_JOBS[other];
        const shared = (jobs[level] ?? CONCOURSE_JOBS[level]).find((name) =>
          theirs.some((each) => overlap(name, each)),
        );
        if (shared === undefined) return [];
        return [
          {
            path: ["bootstrap", "concourse", index, "jobs", jobs[level] === undefined ? other : level],
            message: `must not have jobs of ${other} and of ${level} with the same name, as ${shared} allows. Give each role's jobs a beginning of their own`,
          },
        ];
      }),
    ),
  );
}

/** True if some name matches both patterns, each with at most one `*`. */
function overlap(left: string, right: string): boolean {
  const [leftStart = "", leftEnd] = left.split("*");
  const [rightStart = "", rightEnd] = right.split("*");
  if (leftEnd === undefined) return matchesWildcards(right, left);
  if (rightEnd === undefined) return matchesWildcards(left, right);
  const ofOneStart = leftStart.startsWith(rightStart) || rightStart.startsWith(leftStart);
  return ofOneStart && (leftEnd.endsWith(rightEnd) || rightEnd.endsWith(leftEnd));
}

function prowProblems({ prow = [] }: Bootstrap): readonly Found[] {
  return prow.flatMap(({ service_accounts }, index) =>
    Object.entries(service_accounts).flatMap(([level, name]) =>
      Object.entries(service_accounts).some(([other, same]) => other < level && same === name)
        ? [
            {
              path: ["bootstrap", "prow", index, "service_accounts", level],
              message: `is already the service account of another role: ${name}. Give each role its own`,
            },
          ]
        : [],
    ),
  );
}

function peerProblems(
  { bootstrap, name }: Account & { readonly bootstrap: Bootstrap },
  accounts: readonly string[],
): readonly Found[] {
  return (bootstrap.peered_accounts ?? []).flatMap((peer, index): Found[] => {
    const path: Path = ["bootstrap", "peered_accounts", index];
    if (peer === name) return [{ path, message: "is the account itself. Remove it" }];
    if (accounts.includes(peer)) return [];
    return [
      {
        path,
        message: `unknown account ${JSON.stringify(peer)}${meantOrKnown(peer, accounts)}`,
      },
    ];
  });
}

/** All of IAM would let a role of a cluster create one without the boundary. */
function boundaryProblems({ boundary_services = [] }: Bootstrap): readonly Found[] {
  return boundary_services.flatMap((service, index) =>
    service === "iam" || service === "organizations"
      ? [
          {
            path: ["bootstrap", "boundary_services", index],
            message: `must not be ${service}, with which a pod of a cluster could become administrator of the account. Remove it, and create what it is for outside the clusters`,
          },
        ]
      : [],
  );
}
