import type { Addon, PolicyStatement } from "../../addons/addon";
import { catalogue } from "../../addons/catalogue";
import { contextOf, defaults } from "./support/context";

/** Everything that any option could allow, on a cluster whose name nothing else in a policy contains. */
const context = contextOf({
  cluster_name: "cluster-of-the-test",
  k8s_base_domain: "d.example.com",
  hosted_zone_id: "Z9",
});
const widest: Readonly<Record<string, object>> = { aws_load_balancer_controller: { waf: true, shield: true } };

const statements = Object.values<Addon>(catalogue).flatMap((addon) => {
  const options = addon.options.parse({ ...defaults(addon.name).options, ...widest[addon.name] });
  const further = (addon.further_identities ?? []).flatMap(({ permissions }) => permissions(context, options));
  return [...(addon.permissions?.(context, options) ?? []), ...further].map((statement) => ({
    addon: addon.name,
    sid: statement.sid ?? "",
    statement,
  }));
});

/** Words that AWS's own names of reading actions begin with. */
const reads = (action: string) => /^[a-z0-9-]+:(Describe|Get|List)/.test(action);

/** Statements that name no cluster, because what they are about knows none; each was looked at. */
const OF_THE_ACCOUNT = [
  "aws_load_balancer_controller CreateGroupsInTheVpc", // of one VPC, which is the cluster's
  "aws_load_balancer_controller FirstLoadBalancerOfTheAccount", // one role an account
  "aws_load_balancer_controller Protect", // protections carry no tags of the controller
  "aws_load_balancer_controller UseWebAcls", // web ACLs belong to others
  "cert_manager AnswerChallenges", // names below the cluster's own domain
  "external_dns WriteOwnRecords", // names below the cluster's own domain
];

test("there is something to look at", () => {
  expect(new Set(statements.map(({ addon }) => addon)).size).toBe(5);
});

test.each(statements)("$addon $sid: nothing is written to just any resource", ({ statement }) => {
  const writes = statement.actions.filter((action) => !reads(action));
  if (statement.resources.includes("*") && statement.condition === undefined) expect(writes).toEqual([]);
  expect(statement.actions.filter((action) => action.includes("*"))).toEqual([]);
});

test("the cluster's name is in every statement that writes, but for those listed", () => {
  const nameless = statements.filter(
    ({ statement }) => !statement.actions.every(reads) && !text(statement).includes("cluster-of-the-test"),
  );

  expect(nameless.map(({ addon, sid }) => `${addon} ${sid}`).sort()).toEqual(OF_THE_ACCOUNT);
});

test("every statement has a name of its own, of letters and digits", () => {
  expect(statements.filter(({ sid }) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
  expect(new Set(statements.map(({ addon, sid }) => `${addon} ${sid}`)).size).toBe(statements.length);
});

test("every ARN is of the cluster's partition", () => {
  const elsewhere = contextOf({ partition: "aws-cn", region: "cn-north-1" });
  const arns = Object.values<Addon>(catalogue).flatMap((addon) => {
    const options = addon.options.parse({ ...defaults(addon.name).options, ...widest[addon.name] });
    const further = (addon.further_identities ?? []).flatMap(({ permissions }) => permissions(elsewhere, options));
    return [...(addon.permissions?.(elsewhere, options) ?? []), ...further].flatMap(({ resources }) => resources);
  });

  expect(arns.filter((arn) => arn !== "*" && !arn.startsWith("arn:aws-cn:"))).toEqual([]);
});

/** 10,240: IAM's limit of the characters of a role's inline policies. */
test.each(Object.values<Addon>(catalogue).filter(({ permissions }) => permissions))(
  "$name's policy fits into its role",
  ({ name }) => {
    const document = statements.filter(({ addon }) => addon === name).map(({ statement }) => statement);

    expect(text(document).length).toBeLessThan(10_240);
  },
);

function text(value: PolicyStatement | readonly PolicyStatement[]): string {
  return JSON.stringify(value);
}
