import { flux } from "../../../addons/delivery/flux";
import {
  contextOf,
  findingsOf,
  monitoredContext,
  optionsOf,
  permissionsOf,
  reportsOf,
  valuesOf,
} from "../support/context";

const GIT = {
  url: "https://github.com/example/fleet",
  branch: "main",
  path: "./clusters/demo",
  interval_minutes: 5,
  prune: true,
  wait: false,
  target_namespace: null,
  secret: "flux-git",
};
const sync = flux.further_charts?.[0];
const syncValues = (git: typeof GIT | Omit<typeof GIT, "branch">, differences = {}) =>
  sync?.values(contextOf(), optionsOf(flux, { git, ...differences }), "flux2-sync");

test("its CRDs are upgraded with it and stay when it is removed, and Prometheus scrapes it if it is installed", () => {
  expect(valuesOf(flux)).toMatchObject({
    installCRDs: true,
    crds: { annotations: { "helm.sh/resource-policy": "keep" } },
    multitenancy: { enabled: false },
    imageAutomationController: { create: false },
    imageReflectionController: { create: false },
    prometheus: { podMonitor: { create: false } },
  });
  expect(valuesOf(flux, monitoredContext, { image_automation: true, multi_tenancy: true })).toMatchObject({
    multitenancy: { enabled: true },
    imageAutomationController: { create: true },
    prometheus: { podMonitor: { create: true } },
  });
});

describe("a repository that it follows", () => {
  test("is a separate release, which exists only if there is a repository", () => {
    expect(sync?.included?.(contextOf(), optionsOf(flux))).toBe(false);
    expect(sync?.included?.(contextOf(), optionsOf(flux, { git: GIT }))).toBe(true);
    expect(syncValues(GIT)).toEqual({
      secret: { create: false },
      gitRepository: {
        spec: {
          url: "https://github.com/example/fleet",
          interval: "5m0s",
          ref: { branch: "main" },
          secretRef: { name: "flux-git" },
        },
      },
      kustomization: { spec: { interval: "5m0s", path: "./clusters/demo", prune: true, wait: false } },
    });
  });

  test("follows a range of tags in place of the chart's branch, and as a tenant does not apply the platform", () => {
    const { branch: _, ...git } = { ...GIT, semver: ">=1.0.0" };

    expect(syncValues(git, { multi_tenancy: true })).toMatchObject({
      gitRepository: { spec: { ref: { branch: null, semver: ">=1.0.0" } } },
      kustomization: { spec: { serviceAccountName: "kustomize-controller" } },
    });
  });

  test("uses the login of a GitHub App only with provider: github", () => {
    const git = { ...GIT, provider: "github" as const };

    expect(syncValues(git)).toMatchObject({
      gitRepository: { spec: { provider: "github", secretRef: { name: "flux-git" } } },
    });
    expect(findingsOf(flux, { git: { ...git, url: "ssh://git@github.com/example/fleet", secret: null } })).toEqual([
      "options.git.secret: must name the Secret of the GitHub App for provider github",
      "options.git.url: must begin with https:// for provider github, because a GitHub App does not log in over SSH",
    ]);
  });

  test.each([
    ["ssh://git@bitbucket.example.com:7999/ops/fleet.git", true],
    ["https://git.example.com:8443/ops/fleet", true],
    ["https://me:secret@git.example.com/ops/fleet", false],
    ["git@github.com:example/fleet", false],
  ])("has the address %s: %p", (url, accepted) => {
    const { success } = flux.options.safeParse({ ...optionsOf(flux), git: { ...GIT, url } });

    expect(success).toBe(accepted);
  });

  test("is decrypted if keys are listed", () => {
    const sops_key_arns = ["arn:aws:kms:eu-west-1:111111111111:key/k1"];

    expect(syncValues(GIT, { sops_key_arns })).toMatchObject({
      kustomization: { spec: { decryption: { provider: "sops" } } },
    });
  });

  test("has exactly one of branch, tag and range", () => {
    const { branch: _, ...none } = GIT;
    const check = (git: typeof GIT | typeof none) => reportsOf(flux, contextOf(), optionsOf(flux, { git }));
    const path = ["options", "git"];

    expect(check(GIT)).toEqual([]);
    expect(check(none)).toEqual([{ path, message: "must have one of branch, tag and semver, but has none of them" }]);
    expect(check({ ...GIT, ...{ tag: "v1" } })).toEqual([
      { path, message: "must have one of branch, tag and semver, but has branch and tag" },
    ]);
  });
});

test("its role may read the listed repositories and decrypt with the listed keys only", () => {
  const key = "arn:aws:kms:eu-west-1:111111111111:key/k1";
  const given = optionsOf(flux, { ecr_repositories: ["charts/*"], sops_key_arns: [key], image_automation: true });
  const further = (options: typeof given) =>
    flux.further_identities?.map(({ service_account, permissions }) => [
      service_account,
      permissions(contextOf(), options).map(({ sid }) => sid),
    ]);

  expect(permissionsOf(flux)).toEqual([]);
  expect(further(optionsOf(flux))).toEqual([
    ["kustomize-controller", []],
    ["image-reflector-controller", []],
  ]);
  expect(permissionsOf(flux, contextOf(), { ecr_repositories: ["charts/*"] })[1]?.resources).toEqual([
    "arn:aws:ecr:eu-west-1:111111111111:repository/charts/*",
  ]);
  expect(further(given)).toEqual([
    ["kustomize-controller", ["DecryptSecrets"]],
    ["image-reflector-controller", ["LogInToEcrForTags", "ReadRepositoriesForTags"]],
  ]);
});
