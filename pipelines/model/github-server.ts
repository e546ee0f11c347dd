import type { PipelineSettings } from "../../fleet/model/cluster";

/** Addresses of GitHub, or of a GitHub Enterprise Server. */
export interface GithubServer {
  readonly api: string;
  readonly graphql: string;
  /** Address of repositories for people and Git. */
  readonly web: string;
  /** True if it is not github.com. */
  readonly isOwn: boolean;
}

const GITHUB = "https://github.com";

/** Returns the addresses of the repository's server, for systems that do not pass them to jobs. */
export function githubServer({ github }: PipelineSettings): GithubServer {
  const api = (github?.api ?? "https://api.github.com").replace(/\/$/, "");
  // The API is below /api/v3 of a server, or at a host of its own.
  const web = new URL(api).origin.replace("//api.", "//");
  return { api, graphql: api.replace(/(?:\/v3)?$/, "/graphql"), web, isOwn: web !== GITHUB };
}
