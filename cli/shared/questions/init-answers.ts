import { ExpectedError } from "../../../language/expected-error";
import {
  answersOf,
  type Choices,
  type InitAnswers,
  type InitKey,
  type InitProblem,
  type InitRequest,
  nextQuestion,
  problemsOf,
} from "../../../operations/init/answers";
import { ask } from "./ask";

/** The flag of each answer. */
export const FLAGS: Readonly<Record<InitKey, string>> = {
  accountId: "--account-id",
  account: "--account",
  region: "--region",
  domain: "--domain",
  hostedZone: "--hosted-zone",
  cidrPool: "--cidr-pool",
  adminRole: "--admin-role",
  owner: "--owner",
  tier: "--tier",
  clusterName: "--cluster-name",
  ci: "--ci",
  repository: "--repository",
  platformTeam: "--platform-team",
  issuer: "--ci-issuer",
};

/**
 * Returns the answers of a request. If `asks` is true, missing answers are prompted for, after all given answers have been validated.
 *
 * @throws ExpectedError with every problem, and with those in `others`
 */
export async function completeAnswers(
  given: InitRequest,
  choices: Choices,
  { asks, others }: { readonly asks: boolean; readonly others: readonly string[] },
): Promise<InitAnswers> {
  const problems = problemsOf(given, choices).filter(({ key }) => !asks || given[key] !== undefined);
  if (problems.length > 0 || others.length > 0) throw new ExpectedError([...problems.map(line), ...others].join("\n"));
  let request = given;
  while (asks) {
    const next = nextQuestion(request, choices);
    if (next === undefined) break;
    request = { ...request, [next.key]: await ask(next) };
  }
  return answersOf(request);
}

const line = ({ key, message }: InitProblem): string => `${FLAGS[key]} ${message}`;
