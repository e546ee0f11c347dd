import type { PipelineSettings } from "../../fleet/model/cluster";

/** Addresses of GitHub, or of a GitHub Enterprise Server. */
export interface GithubServer {
  readonly api: string;
  readonly graphql: string;
  /** Where people and Git find repositories. */
  readonly web: string;
  readonly isOwn: boolean;
}

/** Returns where jobs find the repository, in systems that do not tell them. */
export function githubServer({ github }: PipelineSettings): GithubServer {
  const api = github?.api?.replace(/\/$/, "");
  if (api === undefined)
    return {
      api: "https://api.github.com",
      graphql: "https://api.github.com/graphql",
      web: "https://github.com",
      isOwn: false,
    };
  return { api, graphql: api.replace(/(?:\/v3)?$/, "/graphql"), web: new URL(api).origin, isOwn: true };
}
