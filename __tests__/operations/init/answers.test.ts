import { answersOf, type Choices, type InitRequest, nextQuestion, problemsOf } from "../../../operations/init/answers";

const CHOICES: Choices = {
  regions: ["eu-west-1", "us-east-1"],
  tiers: ["development", "production"],
  systems: ["github", "gitlab"],
  withCluster: true,
};

const REQUIRED: InitRequest = { accountId: "123456789012", region: "eu-west-1", domain: "dev.example.com" };

const messages = (request: InitRequest, choices = CHOICES): string[] =>
  problemsOf(request, choices).map(({ key, message }) => `${key} ${message}`);

test("three answers are required, and each missing one is named", () => {
  expect(messages({})).toEqual([
    "accountId is required: the 12 digits of the AWS account",
    "region is required: the AWS region, such as eu-west-1",
    "domain is required: the domain below which clusters get their names, such as dev.example.com",
  ]);
});

test("the other answers have defaults", () => {
  expect([messages(REQUIRED), answersOf(REQUIRED)]).toEqual([
    [],
    {
      ...REQUIRED,
      account: "sandbox",
      adminRole: "platform-admin",
      ci: "none",
      cidrPool: "10.64.0.0/10",
      issuer: "",
      clusterName: "first.dev.example.com",
      hostedZone: "",
      owner: "platform",
      platformTeam: "",
      repository: "",
      tier: "development",
    },
  ]);
});

test("the id of an account may have the dashes of the console", () => {
  expect([
    messages({ ...REQUIRED, accountId: "1234-5678-9012" }),
    answersOf({ accountId: "1234-5678-9012" }).accountId,
  ]).toEqual([[], "123456789012"]);
});

test("every wrong answer is reported at once, with what is allowed", () => {
  const wrong: InitRequest = {
    accountId: "12345",
    account: "Sand Box",
    region: "eu-west1",
    domain: "https://example.com",
    hostedZone: "zone",
    cidrPool: "10.0.0.0/20",
    adminRole: "arn:aws:iam::123456789012:user/me",
    owner: "Ops!",
    tier: "prod",
    clusterName: "first",
    ci: "githob",
    repository: "clusters",
    platformTeam: "platform",
  };
  const names = "lower-case letters, digits and dashes, starting with a letter, at most";
  const domain = "must be a domain name in lower case, such as production.eks.example.com";
  expect(messages(wrong)).toEqual([
    'accountId must be the 12 digits of an AWS account, such as 123456789012, got "12345"',
    `account must be ${names} 40 characters, got "Sand Box"`,
    'region unknown region "eu-west1". Did you mean "eu-west-1"?',
    `domain ${domain}, got "https://example.com". Did you mean "example.com"?`,
    'hostedZone must be the id of a Route 53 hosted zone, such as Z0123456789ABCDEFGHIJ, got "zone"',
    'cidrPool is too small: must be a /8 to a /16, got "10.0.0.0/20"',
    'adminRole must be the name or the ARN of an IAM role, such as platform-admin, got "arn:aws:iam::123456789012:user/me"',
    `owner must be ${names} 63 characters, got "Ops!"`,
    'tier unknown tier "prod". Did you mean "production"?',
    `clusterName ${domain}, got "first"`,
    'ci unknown CI system "githob". Did you mean "github"?',
    'repository must be a repository with its owner, such as example/clusters, got "clusters"',
    expect.stringMatching(/^platformTeam must be .*, got "platform"$/),
  ]);
});

test.each([
  "https://dev.example.com/x",
  "Dev.Example.com",
  "dev.example.com.",
  "*.dev.example.com",
  " dev.example.com:443",
])("suggests the domain in %j", (domain) => {
  expect(messages({ ...REQUIRED, domain })[0]).toMatch(/, got ".*"\. Did you mean "dev\.example\.com"\?$/);
});

test("a domain that is refused is reported once, and not again as the cluster's name", () => {
  expect(messages({ ...REQUIRED, domain: "Example.com" })).toHaveLength(1);
});

test("without a cluster nothing about it is asked or checked", () => {
  const without = { ...CHOICES, withCluster: false };
  const answered = { ...answersOf(REQUIRED), owner: undefined, tier: undefined, clusterName: undefined };

  expect(nextQuestion(answered, CHOICES)?.key).toBe("owner");
  expect(nextQuestion(answered, without)).toBeUndefined();
  expect(messages({ ...REQUIRED, tier: "prod" }, without)).toEqual([]);
});

test("questions come in order, with a default where there is one", () => {
  const asked: unknown[] = [];
  let request: InitRequest = {};
  for (let next = nextQuestion(request, CHOICES); next; next = nextQuestion(request, CHOICES)) {
    asked.push([next.key, next.default, next.choices?.length]);
    request = { ...request, [next.key]: next.default ?? REQUIRED[next.key] };
  }

  expect(asked).toEqual([
    ["accountId", undefined, undefined],
    ["account", "sandbox", undefined],
    ["region", undefined, 2],
    ["domain", undefined, undefined],
    ["hostedZone", "", undefined],
    ["cidrPool", "10.64.0.0/10", undefined],
    ["adminRole", "platform-admin", undefined],
    ["owner", "platform", undefined],
    ["tier", "development", 2],
    ["clusterName", "first.dev.example.com", undefined],
    ["ci", "none", 3],
  ]);
});

test("a CI system requires the repository, from which the team that approves follows", () => {
  expect(messages({ ...REQUIRED, ci: "github" })).toEqual([
    "repository is required: the repository with its owner, such as example/clusters",
  ]);
  expect(answersOf({ ...REQUIRED, ci: "github", repository: "acme/clusters", owner: "core" })).toMatchObject({
    ci: "github",
    repository: "acme/clusters",
    platformTeam: "@acme/core",
  });
  const asked = nextQuestion({ ...answersOf(REQUIRED), ci: "gitlab", repository: undefined }, CHOICES);
  expect(asked?.key).toBe("repository");
});

test.each(["concourse", "prow"])("the issuer of the tokens of %s is asked for, and has no default", (ci) => {
  const request = { ...REQUIRED, ci, repository: "acme/clusters" };
  const found = (issuer?: string) =>
    problemsOf({ ...request, issuer }, { ...CHOICES, systems: [ci] }).map(({ key, message }) => `${key} ${message}`);

  expect(found()).toEqual([expect.stringMatching(/^issuer is required: the issuer of the tokens of CI jobs/)]);
  expect(found("http://ci.example.com")).toEqual([
    expect.stringContaining("issuer must be the https:// address of an issuer of tokens"),
  ]);
  expect(found("https://ci.example.com")).toEqual([]);
});
