import { findLeftovers } from "../../../operations/destroy/leftovers";
import type { RunTool } from "../../../operations/destroy/tools";

const WHERE = {
  name: "a.example.com",
  slug: "a-example-com",
  region: "eu-west-1",
  role: "arn:aws:iam::111122223333:role/deploy",
};
const AWS = "arn:aws:ec2:eu-west-1:111122223333";
const BALANCER = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/k8s-shop/1234";
const LOGS = "arn:aws:logs:eu-west-1:111122223333:log-group";
const logGroups = (...names: string[]): object => ({
  logGroups: names.map((logGroupName) => ({ logGroupName, arn: `${LOGS}:${logGroupName}:*` })),
});

/** Answers calls of the AWS CLI by their first two words, or by the tag or the prefix that is searched. */
function aws(answers: Readonly<Record<string, object | string>>): { readonly tool: RunTool; readonly calls: string[] } {
  const calls: string[] = [];
  const tool: RunTool = (command, args, options) => {
    calls.push([command, ...args, options?.env?.["AWS_SESSION_TOKEN"] ?? "own"].join(" "));
    const tag = args.find((each) => /^(?:Key=|\/aws\/)/.test(each));
    const answer = answers[tag ?? ""] ?? answers[`${args[0]} ${args[1]}`] ?? {};
    return Promise.resolve(typeof answer === "string" ? { failed: answer } : { stdout: JSON.stringify(answer) });
  };
  return { tool, calls };
}

const CREDENTIALS = { Credentials: { AccessKeyId: "id", SecretAccessKey: "key", SessionToken: "token" } };
const tagged = (...arns: string[]): object => ({
  ResourceTagMappingList: arns.map((ResourceARN) => ({ ResourceARN })),
});

test("lists each resource with a tag of the cluster once, except those that stay", async () => {
  const { calls, tool } = aws({
    "sts assume-role": CREDENTIALS,
    "Key=Cluster,Values=a.example.com": tagged("arn:aws:s3:::backup", `${AWS}:volume/vol-1`, `${AWS}:snapshot/snap-1`),
    "Key=kubernetes.io/cluster/a-example-com,Values=owned": tagged(`${AWS}:volume/vol-1`, `${AWS}:dhcp-options/d-1`),
    "Key=elbv2.k8s.aws/cluster,Values=a-example-com": tagged(BALANCER),
    "/aws/eks/a-example-com/": logGroups("/aws/eks/a-example-com/cluster", "/aws/eks/a-example-com/pods"),
    "/aws/containerinsights/a-example-com/": logGroups("/aws/containerinsights/a-example-com/host"),
  });
  const stays = [{ what: "bucket backup", why: "", arn: "arn:aws:s3:::backup", command: null }];

  expect(await findLeftovers(WHERE, stays, tool)).toEqual({
    checked: true,
    reason: null,
    found: [
      { arn: `${AWS}:dhcp-options/d-1`, remove: null },
      { arn: `${AWS}:volume/vol-1`, remove: "aws ec2 delete-volume --volume-id vol-1 --region eu-west-1" },
      { arn: BALANCER, remove: `aws elbv2 delete-load-balancer --load-balancer-arn ${BALANCER} --region eu-west-1` },
      ...["eks/a-example-com/cluster", "eks/a-example-com/pods", "containerinsights/a-example-com/host"].map(
        (name) => ({
          arn: `${LOGS}:/aws/${name}`,
          remove: `aws logs delete-log-group --log-group-name /aws/${name} --region eu-west-1`,
        }),
      ),
    ],
  });
  expect(calls.map((call) => call.split(" ").at(-1))).toEqual(["own", "token", "token", "token", "token", "token"]);
  expect(calls[0]).toContain("--role-arn arn:aws:iam::111122223333:role/deploy");
});

test.each([
  [{ "sts assume-role": "An error occurred (AccessDenied)" }, "aws sts assume-role: An error occurred (AccessDenied)"],
  [{}, "aws sts assume-role returned no credentials"],
  [
    { "sts assume-role": CREDENTIALS, "logs describe-log-groups": "AccessDenied" },
    "aws logs describe-log-groups: AccessDenied",
  ],
])("an answer that cannot be read does not count as checked: %j", async (answers, reason) => {
  expect(await findLeftovers(WHERE, [], aws(answers).tool)).toEqual({ checked: false, reason, found: [] });
});
