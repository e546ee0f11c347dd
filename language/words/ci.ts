import { z } from "zod";
import { text } from "./text";

/** Words of CI systems. Each is strict, because it is written into files that a CI system evaluates. */

/** A repository on GitHub, or a project on GitLab with its groups. */
export const repositoryPath = text(
  /^[A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)+$/,
  "a repository with its owner",
  "example/clusters",
);

/** A branch. The characters that Git allows and a shell or an expression evaluates are not in it. */
export const branchName = text(/^[A-Za-z0-9][\w./-]{0,99}$/, "a branch", "main");

/** The label of a runner, or a tag of one. */
export const runnerLabel = text(/^[A-Za-z0-9][\w.:-]{0,99}$/, "the label of a runner", "ubuntu-24.04");

/** A container image with its tag or digest. */
export const imageReference = text(
  /^[a-z0-9][\w.:-]*(?:\/[\w.-]+)*(?::[\w.-]{1,128})?(?:@sha256:[0-9a-f]{64})?$/,
  "an image with its tag or digest",
  "node:20.20.0-bookworm",
);

/** Where Git clones a repository from. */
export const repositoryUri = text(
  /^(?:https:\/\/[\w.-]+(?::\d{1,5})?\/[\w.~/-]+|git@[\w.-]+:[\w.~/-]+)$/,
  "an address that Git clones from",
  "https://github.com/example/clusters.git",
);

/** A channel of Slack by its name or its id. */
export const slackChannel = text(
  /^(?:#[\p{Ll}\p{N}][\p{Ll}\p{N}_-]{0,79}|[CG][A-Z0-9]{8,20})$/u,
  'a channel in quotes, such as "#platform-alerts", or a channel\'s id',
).meta({ examples: ["#platform-alerts"] });

/** An approver of a change: a user, a team of GitHub, a group of GitLab, or an address. */
export const approver = text(
  /^(?:@[A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)$/,
  'a user, a team or an address in quotes, such as "@example/platform"',
).meta({ examples: ["@example/platform"] });

/** The name of a variable or a secret of a CI system. */
export const variableName = text(/^[A-Z][A-Z0-9_]{0,99}$/, "the name of a variable", "SLACK_WEBHOOK_URL");

/** An address without a user, a query or anything that a shell evaluates. */
export const httpsAddress = z
  .string()
  .regex(/^https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[\w./~-]*)?$/, "must be an https:// address without a query");

/** An issuer of OIDC tokens. */
export const issuer = text(
  /^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:\/[\w.~-]+)*$/,
  "the https:// address of an issuer of tokens without a slash at its end",
  "https://gitlab.example.com",
);
