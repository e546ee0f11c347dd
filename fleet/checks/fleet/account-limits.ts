import type { Problem } from "../../../language/problem";
import type { Path } from "../../../language/yaml/tree";
import { type AccountRole, planAccount } from "../../accounts/plan";
import type { RecordsBucket } from "../../accounts/records-access";
import { type BootstrappedAccount, isBootstrapped } from "../../accounts/roles";
import {
  documentOf,
  MOST_TRUST,
  POLICIES_OF_A_ROLE,
  POLICIES_QUOTA,
  POLICY_LIMIT,
  TRUST_LIMIT,
  TRUST_QUOTA,
} from "../../accounts/statement";
import type { Account } from "../../model/cluster";

interface Found {
  readonly severity: Problem["severity"];
  readonly path: Path;
  readonly message: string;
}

/**
 * Reports roles of an account whose policies IAM would refuse for their size.
 *
 * @param accountNamed returns an account of the fleet, and undefined if it does not exist or has errors
 * @param records where the records of rollouts are, which the roles reach too
 */
export function limitProblems(
  account: Account,
  accountNamed: (name: string) => Account | undefined,
  records?: RecordsBucket,
): readonly Found[] {
  if (!isBootstrapped(account)) return [];
  const [, partition = "aws"] = account.roles.deploy.split(":");
  const peers = (account.bootstrap.peered_accounts ?? []).flatMap((name) => accountNamed(name) ?? []);
  const plan = planned(account, partition, peers, records);
  return plan instanceof RangeError
    ? [
        {
          severity: "error",
          path: ["bootstrap"],
          message: `${plan.message}. IAM accepts ${number(POLICY_LIMIT)} characters in a policy. List fewer or shorter cluster_roles, such as one path that they share, and fewer boundary_services`,
        },
      ]
    : plan.roles.flatMap(roleProblems);
}

function planned(
  account: BootstrappedAccount,
  partition: string,
  peers: readonly Account[],
  records: RecordsBucket | undefined,
) {
  try {
    return planAccount(account, partition, peers, records);
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw error;
  }
}

function roleProblems({ level, policies, trust }: AccountRole): Found[] {
  const { length } = documentOf(trust);
  const count = Object.keys(policies).length;
  const fewer = "list fewer repositories, pipelines, principals and peered_accounts";
  return [
    ...(length <= TRUST_LIMIT
      ? []
      : [
          length > MOST_TRUST
            ? {
                severity: "error" as const,
                path: ["bootstrap"],
                message: `the trust policy of the role ${level} has ${number(length)} characters, and IAM accepts at most ${number(MOST_TRUST)}. L${fewer.slice(1)}`,
              }
            : {
                severity: "warning" as const,
                path: ["bootstrap"],
                message: `the trust policy of the role ${level} has ${number(length)} characters, and IAM accepts ${number(TRUST_LIMIT)} by default. Before fleet bootstrap, raise the quota "Role trust policy length" (${TRUST_QUOTA} of iam in us-east-1), or ${fewer}`,
              },
        ]),
    ...(count <= POLICIES_OF_A_ROLE
      ? []
      : [
          {
            severity: "warning" as const,
            path: ["bootstrap"],
            message: `the role ${level} has ${count} policies, and IAM attaches ${POLICIES_OF_A_ROLE} to a role by default. Before fleet bootstrap, raise the quota "Managed policies attached to an IAM role" (${POLICIES_QUOTA} of iam in us-east-1), or list fewer cluster_roles and further_actions`,
          },
        ]),
  ];
}

const number = (value: number): string => value.toLocaleString("en-US");
