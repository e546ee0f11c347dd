/** An error whose message is all that the user needs: what is wrong, what is allowed, and what to do. */
export class ExpectedError extends Error {}
