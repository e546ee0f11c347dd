import { ExpectedError } from "../../language/expected-error";

/** A change of one file that is proposed. */
export interface Proposal {
  /** Path of the file from the top of the repository. */
  readonly path: string;
  /** Text of the file before and after. */
  readonly before: string;
  readonly after: string;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
}

/** The service that receives the pull request. */
export interface Forge {
  readonly kind: "github" | "gitlab";
  /** `owner/name`, or the path of a project. */
  readonly repository: string;
  /** Address of the API of GitHub, or of the server of GitLab. */
  readonly url: string;
  readonly token: string;
}

/** The file is replaced as a whole: what others changed on the server meanwhile would be lost. */
export function compareWithBase(there: string, { before, path }: Proposal, base: string): void {
  if (there !== before)
    throw new ExpectedError(
      `${path} differs from ${base} on the server. Commit or pull first, so that no change is lost`,
    );
}

/** Refuses a branch that contains another text, for example later edits of a person. */
export function compareWithBranch(there: string, { after, branch, path }: Proposal): void {
  if (there !== after)
    throw new ExpectedError(
      `branch ${branch} exists on the server, with another text of ${path}. Look at its pull request, or delete the branch`,
    );
}
