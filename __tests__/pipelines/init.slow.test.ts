import { join } from "node:path";
import { CI_SYSTEMS, type CiSystem } from "../../fleet/schema/pipelines";
import { concourseErrors } from "../support/pipelines/concourse-checks";
import { lintErrors, parserErrors, schemaErrors } from "../support/pipelines/github-checks";
import { gitlabErrors } from "../support/pipelines/gitlab-checks";
import { prowErrors } from "../support/pipelines/prow-checks";
import { contentsOf, run, scratch } from "../support/run-program";

jest.setTimeout(240_000);
const work = scratch();
afterAll(() => work.remove());

type Contents = Readonly<Record<string, string>>;

/** Paths of each system's files, and the check of that system. */
const SYSTEMS: Readonly<
  Record<CiSystem, { readonly place: RegExp; readonly errors: (files: Contents) => Promise<readonly string[]> }>
> = {
  github: {
    place: /^\.github\/workflows\//,
    errors: async (files) =>
      (
        await Promise.all(
          Object.entries(files).map(async ([path, text]) => [
            ...(await parserErrors(path, text)),
            ...schemaErrors(text),
            ...(await lintErrors(text)),
          ]),
        )
      ).flat(),
  },
  gitlab: { place: /^\.gitlab-ci\.yml$/, errors: async (files) => Object.values(files).flatMap(gitlabErrors) },
  concourse: { place: /^concourse\//, errors: async (files) => Object.values(files).flatMap(concourseErrors) },
  prow: {
    place: /^prow\//,
    errors: async (files) => prowErrors(files["prow/jobs.yaml"] ?? "", files["prow/config.yaml"] ?? ""),
  },
};

test.each(CI_SYSTEMS)(
  "fleet init --ci %s writes pipelines that the system accepts, and that are up to date",
  async (system) => {
    const folder = join(work.path, system);
    const answers = ["--account-id", "123456789012", "--region", "eu-west-1", "--domain", "dev.example.com"];
    const issuer = ["concourse", "prow"].includes(system) ? ["--ci-issuer", "https://ci.example.com"] : [];
    const ci = ["--ci", system, "--repository", "acme/clusters", ...issuer];
    const began = await run("cli/fleet.mjs", ["init", folder, "--skip-rehearsal", ...answers, ...ci], {
      CLUSTER_NAME: undefined,
      DEFINITIONS_DIR: undefined,
    });
    const { errors, place } = SYSTEMS[system];
    const files = Object.fromEntries(Object.entries(contentsOf(folder)).filter(([path]) => place.test(path)));

    expect([began.code, Object.keys(files).length > 0]).toEqual([0, true]);
    expect(await errors(files)).toEqual([]);
    const script = `cd "${folder}" && exec "${process.execPath}" "${join(process.cwd(), "cli/fleet.mjs")}" pipelines generate --check`;
    const { code, stderr } = await run("sh", ["-c", script], { CLUSTER_NAME: undefined, DEFINITIONS_DIR: undefined });
    expect([code, stderr]).toEqual([0, ""]);
  },
);
