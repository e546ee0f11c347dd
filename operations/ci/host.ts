/** An issue or a comment that the program wrote earlier. */
export interface Entry {
  readonly id: number;
  readonly body: string;
}

/** Comments and issues in the service that hosts the repository. */
export interface Host {
  /** Comments of a pull request that the job's own user wrote. */
  comments(change: string): Promise<readonly Entry[]>;
  createComment(change: string, body: string): Promise<void>;
  updateComment(change: string, id: number, body: string): Promise<void>;
  /** Open issues with a label. */
  issues(label: string): Promise<readonly Entry[]>;
  createIssue(title: string, body: string, label: string): Promise<void>;
  updateIssue(id: number, body: string): Promise<void>;
  closeIssue(id: number, comment: string): Promise<void>;
  /** Opens a pull request from a branch that was pushed, or finds the open one. Returns its address. */
  propose(branch: string, base: string, title: string, body: string): Promise<string>;
}
