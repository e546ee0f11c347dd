import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type CiContext, contextOf } from "../../../operations/ci/context";
import { roleVariables } from "../../../operations/ci/web-identity";
import { accountWith } from "../../support/aws/account";
import { clusterOf } from "../../support/cluster";
import { scratch } from "../../support/run-program";

const work = scratch();
afterAll(() => work.remove());
const file = join(work.path, "job/token");
const { account } = clusterOf();

/** Calls back with a job of GitHub whose tokens have a value, and with the requests for them. */
async function withTokens(value: string, use: (job: CiContext, seen: readonly unknown[]) => Promise<void>) {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url, request.headers.authorization);
    response.end(JSON.stringify({ value }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const context = contextOf({
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: "example/clusters",
    GITHUB_RUN_ID: "7",
    FLEET_IDENTITY: "plan",
    ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?run=7`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
  });
  try {
    await use(context, seen);
  } finally {
    server.close();
  }
}

test("a job of GitHub exchanges its own token, for the audience of AWS, and keeps it for its owner only", async () => {
  await withTokens("the.job.token", async (context, seen) => {
    expect(await roleVariables(context, account, file)).toEqual({
      AWS_ROLE_ARN: account.roles.plan,
      AWS_WEB_IDENTITY_TOKEN_FILE: file,
      AWS_ROLE_SESSION_NAME: "fleet-plan-https---github.com-example-clusters-actions-runs-7-attempts-1".slice(-64),
      TF_VAR_role_arn: account.roles.plan,
      TF_CLI_ARGS_plan: "-lock=false",
      FLEET_STATE_ROLE: account.roles.plan,
    });
    expect(seen).toEqual(["/token?run=7&audience=sts.amazonaws.com", "bearer request-token"]);
    expect(readFileSync(file, "utf8")).toBe("the.job.token");
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

test("a job of GitHub whose token no role of the account trusts ends before AWS refuses it", async () => {
  const claims = { iss: "https://token.actions.githubusercontent.com", sub: "repo:example/forked:pull_request" };
  const trusting = accountWith({ github: [{ repository: "example/clusters" }] });
  await withTokens(`h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`, async (context) => {
    await expect(roleVariables(context, trusting, join(work.path, "refused"))).rejects.toThrow(
      "its token has the subject repo:example/forked:pull_request, and the account trusts example/clusters",
    );
    expect(existsSync(join(work.path, "refused"))).toBe(false);
  });
});

test("a job that applies locks the state, with the account's role to apply", async () => {
  const context = contextOf({
    GITLAB_CI: "true",
    FLEET_IDENTITY: "apply",
    FLEET_ID_TOKEN: "t",
    CI_JOB_URL: "https://g/1",
  });

  expect(await roleVariables(context, account, file)).toEqual({
    AWS_ROLE_ARN: account.roles.deploy,
    AWS_WEB_IDENTITY_TOKEN_FILE: file,
    AWS_ROLE_SESSION_NAME: "fleet-apply-https---g-1",
    TF_VAR_role_arn: account.roles.deploy,
  });
});

test("a job without an identity gets no credentials, and an account without the role names it", async () => {
  await expect(roleVariables(contextOf({}), account, file)).rejects.toThrow("the job has no identity");
  await expect(
    roleVariables(
      contextOf({ FLEET_IDENTITY: "destroy" }),
      { ...account, roles: { ...account.roles, destroy: undefined } },
      file,
    ),
  ).rejects.toThrow(`account ${account.name} has no role to destroy. Set roles.destroy in its file`);
});
