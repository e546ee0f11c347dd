import { TerraformError } from "../../../offline/terraform";
import { causeOf } from "../../../operations/deploy/causes";
import type { Diagnostic } from "../../../operations/deploy/report";
import { errorsOf } from "../../../operations/deploy/stack-runner";

const NO_CREDENTIALS = `Error: No valid credential sources found

Error: failed to refresh cached credentials, no EC2 IMDS role found,
operation error ec2imds: GetMetadata, http response error StatusCode: 403,
request to EC2 IMDS failed`;

test.each([
  [NO_CREDENTIALS, "no AWS credentials were found. Log in"],
  [
    "Error: failed to get shared config profile, produktion",
    "the profile produktion of AWS_PROFILE does not exist. aws configure list-profiles lists those that do",
  ],
  [
    "api error ExpiredToken: The security token included in the request is expired",
    "the AWS credentials have expired. Log in again",
  ],
  [
    "get identity: get credentials: failed to refresh cached credentials, refresh cached SSO token failed, unable to refresh SSO token",
    "the AWS credentials have expired. Log in again",
  ],
  [
    "Error: AWS account ID not allowed: 999999999999",
    "the AWS credentials are of account 999999999999, which is not the account of the cluster. Set AWS_PROFILE",
  ],
  [
    "AccessDenied: User: arn:aws:iam::1:user/jane is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/fleet/apply",
    "your identity may not assume arn:aws:iam::1:role/fleet/apply. Use credentials that its trust policy names",
  ],
  [
    'Error: Failed to get existing workspaces: S3 bucket "example-state" does not exist.',
    "the state bucket example-state does not exist. fleet bootstrap creates it",
  ],
  [
    "getting credentials: exec: executable aws not found",
    "the AWS CLI, which gives access to the cluster's API, is missing",
  ],
  [
    'Kubernetes cluster unreachable: Get "https://x.eks.amazonaws.com/version": dial tcp 10.0.0.7:443: i/o timeout',
    "the API of the cluster cannot be reached from here. If its endpoint is private",
  ],
  [
    "Failed to query available provider packages: could not connect to registry.terraform.io",
    "Terraform could not download its providers. Check the network",
  ],
  [
    "dial tcp: lookup sts.eu-west-7.amazonaws.com: no such host",
    "a host could not be found, so that AWS was not reached",
  ],
])("says what to do about %s", (text, beginning) => {
  expect(causeOf(text)?.slice(0, beginning.length)).toBe(beginning);
});

test("says nothing about an error of a resource", () => {
  expect(causeOf("Error: creating EKS Cluster (a): InvalidParameterException: StatusCode: 400")).toBeUndefined();
});

const failedWith = (stderr: string): TerraformError =>
  new TerraformError("plan", { exitCode: 1, stdout: "", stderr } as TerraformError["run"]);

test("is the summary of a run that did not begin, above Terraform's own words", () => {
  expect(errorsOf(failedWith(NO_CREDENTIALS), [], new Date())).toEqual([
    { summary: causeOf(NO_CREDENTIALS), detail: NO_CREDENTIALS, address: null, lines: [] },
  ]);
});

test("is printed before the errors of resources, which stay", () => {
  const expired = "ExpiredToken: The security token included in the request is expired";
  const ofResource: Diagnostic = { summary: expired, detail: "", address: "aws_vpc.a", lines: [] };

  expect(errorsOf(failedWith(""), [ofResource, ofResource], new Date())).toEqual([
    { summary: causeOf(expired), detail: "", address: null, lines: [] },
    ofResource,
  ]);
});
