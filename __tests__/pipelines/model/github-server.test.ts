import { githubServer } from "../../../pipelines/model/github-server";
import { LEAST } from "../../support/pipelines/sample-model";

test.each([
  [undefined, "https://api.github.com/graphql", "https://github.com", false],
  ["https://api.github.com/", "https://api.github.com/graphql", "https://github.com", false],
  ["https://github.example.com/api/v3", "https://github.example.com/api/graphql", "https://github.example.com", true],
  ["https://api.example.ghe.com", "https://api.example.ghe.com/graphql", "https://example.ghe.com", true],
])("with the API %s, GraphQL is at %s and Git at %s", (api, graphql, web, isOwn) => {
  const server = githubServer({ ...LEAST, ...(api !== undefined && { github: { api } }) });

  expect(server).toEqual({ api: (api ?? "https://api.github.com").replace(/\/$/, ""), graphql, web, isOwn });
});
