import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { GitRepository } from "../git-repository";
import { SAMPLE_FLEET } from "../sample-fleet";

export const NAME = "staging.dev.example.com";
export const FILE = `clusters/platform/${NAME}.yaml`;

/** Returns the file of a sample cluster with a Kubernetes version. */
export function withVersion(version: string): string {
  const text = readFileSync(join(SAMPLE_FLEET, FILE), "utf8");
  return text.replace("  cluster:\n", `  cluster:\n    kubernetes_version: "${version}"\n`);
}

/** Returns a repository with the sample fleet, whose first commit has this cluster at 1.35, while the tests of a file run. */
export function versionedFleet(): GitRepository {
  const repository = new GitRepository();
  let commit = "";
  beforeAll(() => {
    cpSync(SAMPLE_FLEET, repository.path, { recursive: true });
    commit = repository.commit({ [FILE]: withVersion("1.35") });
  });
  afterAll(() => {
    repository.remove();
    rmSync(join(".fleet/base", commit), { recursive: true, force: true });
  });
  return repository;
}
